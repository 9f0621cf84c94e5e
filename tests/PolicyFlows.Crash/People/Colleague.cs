using PolicyFlows.Crash.Mail;
using PolicyFlows.Crash.Server;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Crash.People;

/// <summary>
/// A manager or safeguarding lead: reads the mail, opens the link, asks for a code, types it in and answers. After a kill the link is opened
/// again, and the page says whether the answer was taken.
/// </summary>
internal sealed class Colleague(string name, string mailAddress, Ledger ledger, Post post, Stage stage, PostWatch wire, Uri address, Random random) : Actor(name, ledger)
{
    private static readonly TimeSpan CodePatience = TimeSpan.FromSeconds(30);
    private readonly Ledger ledger = ledger;
    private readonly Device device = new(stage, wire, address);
    private readonly HashSet<string> done = new(StringComparer.Ordinal);
    private readonly HashSet<string> usedCodes = new(StringComparer.Ordinal);
    private Letter? letter;
    private TaskAnswer? answer;
    private bool isSending;

    public override bool IsIdle => letter is null && Next() is null;

    protected override async Task<bool> StepAsync()
    {
        if (letter is null)
        {
            letter = Next();
            if (letter is null) return false;
            answer = TaskAnswer.For(letter, random);
        }

        var link = letter.Link!;
        await device.OpenAsync(link.Path);
        if (device.TryForm(link.Path) is { } ask)
        {
            await device.SubmitAsync(ask);
            await EnterCodeAsync(link);
        }
        else
        {
            await device.OpenAsync($"/tasks/{link.CaseId}/{link.TaskId}");
        }

        await AnswerAsync(link);
        done.Add(letter.MessageId);
        letter = null;
        return true;
    }

    protected override void WasCutOff()
    {
    }

    protected override void GiveUp()
    {
        if (letter is not null) done.Add(letter.MessageId);
        letter = null;
    }

    private Letter? Next() => post.To(mailAddress).FirstOrDefault(l => l.Link is not null && !done.Contains(l.MessageId) && TaskAnswer.Answers(l));

    private async Task EnterCodeAsync(TaskLink link)
    {
        var codePath = link.Path + "/code";
        for (var tries = 0; tries < 5; tries++)
        {
            if (device.Page!.Path != codePath) throw device.Unexpected("does not ask for the code");
            var code = await NewCodeAsync();
            await device.SubmitAsync(device.Form(codePath).Set("code", code));
            if (device.Page!.Path != codePath) return;
        }

        throw device.Unexpected("takes none of the mailed codes");
    }

    // The newest first, as the page advises: an earlier one may be of a request whose answer was lost.
    private async Task<string> NewCodeAsync()
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            if (post.To(mailAddress).LastOrDefault(l => l.Code is not null && l.Link is null && !usedCodes.Contains(l.MessageId)) is { } found)
            {
                usedCodes.Add(found.MessageId);
                return found.Code!;
            }

            if (!stage.IsOpen) throw new CutOffException();
            if (waited.Elapsed > CodePatience) throw new BrokenPromiseException($"no code came for {letter!.Reference} within {CodePatience.TotalSeconds:0} s");
            await Task.Delay(10);
        }
    }

    private async Task AnswerAsync(TaskLink link)
    {
        var taskPath = $"/tasks/{link.CaseId}/{link.TaskId}";
        var page = device.Page!;
        if (page.Path != taskPath) throw device.Unexpected($"is not the task {taskPath}");
        if (device.TryForm(taskPath) is { } form)
        {
            answer!.Check(page, ledger);
            isSending = true;
            page = await device.SubmitAsync(answer.Fill(form, page));
            if (page.Path != taskPath + "/done") throw device.Unexpected($"does not confirm the answer to {link.CaseId}");
        }
        else
        {
            if (!page.MainText.Contains("by you on", StringComparison.Ordinal) || !isSending) throw device.Unexpected($"says that {link.CaseId} was answered, but not by the one who was asked");
            ledger.NoteTakenUnseen();
        }

        isSending = false;
        answer!.NoteIn(ledger);
    }
}
