using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Time;

namespace PolicyFlows.Core.SignIn;

/// <summary>
/// Sign-in of people of the directory by a mailed code. Asking and trying do the same work for an address that nobody has, so that neither
/// the answer nor its time tells whether somebody works here.
/// </summary>
public sealed class SignInDesk(DirectoryStore directories, CodeDesk codes, IRecordStore records, BusinessClock clock)
{
    private const string Nobody = "AUTH-nobody", Row = "try";

    /// <summary>Mails a code if the address belongs to one active person. Returns the id under which the code is tried; it means nothing for anybody else.</summary>
    /// <param name="earlier">Id of a code asked for before on this device: it stays good when too many were asked for.</param>
    public async Task<string> AskAsync(string email, string? earlier, CancellationToken cancellation = default)
    {
        var directory = await directories.RequireAsync(cancellation);
        var id = directory.ByEmail(email, clock.Now) is { } person
            ? await codes.SendAsync(SessionDesk.Partition(person.Id), person.Id, MailLane.Other, directory.Settings.Durations, SessionDesk.EnsureAsync, cancellation)
            : null;
        if (id is null) await WriteForNobodyAsync(cancellation);
        return id ?? earlier ?? CodeDesk.NewId();
    }

    /// <summary>The person whose code it is, or null: wrong, too old, tried too often, or nobody's address.</summary>
    public async Task<string?> TryAsync(string email, string id, string typed, CancellationToken cancellation = default)
    {
        var directory = await directories.RequireAsync(cancellation);
        var person = directory.ByEmail(email, clock.Now);
        var (result, counted) = person is null
            ? (CodeResult.Wrong, false)
            : await codes.CountedTryAsync(SessionDesk.Partition(person.Id), id, person.Id, typed, directory.Settings.Durations, cancellation);
        if (!counted) await WriteForNobodyAsync(cancellation);
        return result == CodeResult.Right ? person!.Id : null;
    }

    private async Task WriteForNobodyAsync(CancellationToken cancellation)
    {
        var old = await records.GetAsync(Nobody, Row, cancellation);
        try
        {
            await records.CommitAsync(Nobody, [old is null ? new RowWrite.Insert(Row, "{}") : new RowWrite.Replace(Row, "{}", old.Tag)], cancellation);
        }
        catch (RecordConflictException)
        {
            // Two at once: the other one took the time of a write, and so did this.
        }
    }
}
