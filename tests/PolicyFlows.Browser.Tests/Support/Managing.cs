namespace PolicyFlows.Browser.Tests.Support;

/// <summary>What a manager does, from the links in the mails.</summary>
public static class Managing
{
    /// <summary>Opens the link of a fresh mail; where a code is asked for, reads it from its mail and enters it.</summary>
    public static async Task OpenTaskAsync(this Person person, Inbox inbox, string name, string subject, string heading)
    {
        await person.OpenAsync(await inbox.TaskLinkAsync(name, subject));
        if (await person.Page.GetByText("Email me a code").CountAsync() > 0)
        {
            await person.PressAsync("Email me a code");
            await person.FillAsync("6-digit code", await inbox.CodeAsync(name));
        }

        await person.PressAsync("Open the task");
        await person.ExpectAsync(heading);
    }

    /// <summary>Decides that it is to be removed.</summary>
    public static async Task DecideTakedownAsync(this Person person)
    {
        await person.ChooseAsync("What should the school do?", "Get it removed");
        await person.ChooseAsync("If it is to be removed: why?", "Harassment or abuse");
        await person.FillAsync("Your reason", "It insults a teacher and is being shared.");
        await person.PressAsync("Confirm the decision");
        await person.ExpectAsync("Your decision is recorded");
    }

    /// <summary>Notes that the request was sent to the website just now.</summary>
    public static async Task FileAsync(this Person person)
    {
        await person.ChooseAsync("When did you send the request?", "Just now");
        await person.FillAsync("Reference that you were given (optional)", "X-4711");
        await person.PressAsync("Record that it was sent");
        await person.ExpectAsync("Thank you. It is recorded");
    }

    /// <summary>Answers a check with "gone".</summary>
    public static async Task FindGoneAsync(this Person person)
    {
        await person.ChooseAsync("What did you find?", "It is gone");
        await person.PressAsync("Record the check");
        await person.ExpectAsync("Thank you. It is recorded");
    }
}
