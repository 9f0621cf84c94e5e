using Microsoft.Extensions.Logging;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Work;
using Client = Microsoft.DurableTask.Client.DurableTaskClient;

namespace PolicyFlows.Functions.Hosting;

/// <summary>
/// One call of a function: what its work leaves to be woken or mailed is done before it ends, because nothing runs between two calls. Whatever
/// fails here stays as a row, and the sweep does it.
/// </summary>
public sealed class Invocation(CurrentHub hub, WakeupSignal signal, WakeupDrain drain, MailPump mail, ILogger<Invocation> logger)
{
    /// <summary>Does the work, then wakes and mails.</summary>
    public async Task<T> RunAsync<T>(Client client, Func<Task<T>> work)
    {
        hub.Use(client);
        var result = await work();
        while (signal.TryTake() is { } caseId) await TryAsync($"case {caseId}", () => drain.DrainAsync(caseId));
        await TryAsync("mail", () => mail.SendDueAsync());
        return result;
    }

    private async Task TryAsync(string what, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "The sweep will do {What}.", what);
        }
    }
}
