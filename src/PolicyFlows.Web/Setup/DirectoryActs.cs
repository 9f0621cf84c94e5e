using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Setup;

/// <summary>What the pages that change people have in common.</summary>
internal static class DirectoryActs
{
    /// <summary>Answers for an administrator about one person of the directory; somebody unknown is not found.</summary>
    public static Task<IResult> OpenPersonAsync(this AdministratorDoor door, string id, HttpContext context, Func<Administration, Person, Task<IResult>> answer) => door.OpenAsync(context, administration =>
        administration.Directory.Person(id) is { } person ? answer(administration, person) : Task.FromResult(Page.Error(StatusCodes.Status404NotFound)));

    /// <summary>Does a change; where a rule refuses it, says so in the form.</summary>
    /// <param name="field">Beside which the refusal stands where it is about no field of its own.</param>
    public static async Task TryAsync(FormState form, string field, Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (DirectoryRuleException refused)
        {
            SetupWords.Refuse(form, refused.Rule, field);
        }
    }
}
