using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PolicyFlows.Browser.Tests.Support;

/// <summary>Reads the demonstration's mail as a person would: in the list of mails, newest first.</summary>
public sealed partial class Inbox(Person reader)
{
    private readonly HashSet<string> read = new(StringComparer.Ordinal);

    /// <summary>Opens the newest mail to somebody that was not read here before and whose subject holds some words, and waits for one.</summary>
    /// <returns>The text of the mail.</returns>
    public async Task<string> OpenAsync(string name, string words)
    {
        var address = AddressOf(name);
        await reader.OpenAsync($"/mailbox?to={address}");
        string? fresh = null;
        await reader.ReloadUntilAsync(async () => (fresh = await NewestAsync(words)) is not null, $"A mail with '{words}' to {name}");
        read.Add(fresh!);
        await reader.LeaveByAsync(reader.Page.Locator($"a[href='{fresh}']"));
        return await reader.Page.Locator(".pf-mail").InnerTextAsync();
    }

    /// <summary>The path of the task's link in the newest mail.</summary>
    public async Task<string> TaskLinkAsync(string name, string words) => TaskPath().Match(await OpenAsync(name, words)).Value;

    /// <summary>The code in the newest mail.</summary>
    public async Task<string> CodeAsync(string name) => Digits().Match(await OpenAsync(name, "Your code")).Value;

    /// <summary>How many mails there are to somebody.</summary>
    public async Task<int> CountAsync(string name)
    {
        await reader.OpenAsync($"/mailbox?to={AddressOf(name)}");
        return await reader.Page.Locator("main tbody tr").CountAsync();
    }

    /// <summary>The made-up address of a made-up person.</summary>
    public static string AddressOf(string name) => $"{name.ToLowerInvariant().Replace(' ', '.')}@polygon.example";

    private async Task<string?> NewestAsync(string words)
    {
        foreach (var link in await reader.Page.Locator("main tbody a").Filter(new() { HasText = words }).AllAsync())
        {
            if (await link.GetAttributeAsync("href") is { } href && !read.Contains(href)) return href;
        }

        return null;
    }

    [GeneratedRegex(@"/t/\S+", RegexOptions.NonBacktracking)]
    private static partial Regex TaskPath();

    [GeneratedRegex(@"\b\d{6}\b", RegexOptions.NonBacktracking)]
    private static partial Regex Digits();
}
