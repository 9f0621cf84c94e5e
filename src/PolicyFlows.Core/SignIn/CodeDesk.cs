using System.Buffers.Binary;
using System.Security.Cryptography;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.SignIn;

/// <summary>What became of a code that was typed in.</summary>
public enum CodeResult { Right, Wrong, Expired, TooManyTries }

/// <summary>
/// Six-digit codes mailed to a person: 10 minutes, 5 tries (architecture rule 10, ASVS 6.5.5). A code is derived from the server's key
/// when its mail is written and never stored. System time, not business time.
/// </summary>
public sealed class CodeDesk(CaseStore cases, IRecordStore records, ServerKey key, TimeProvider system, BusinessClock clock)
{
    private const string Prefix = "code|";

    // Old codes are cleared when a new one is asked for; a batch of table storage holds 100 rows.
    private const int MostCleared = 40;

    private sealed record CodeRow(string PersonKey, DateTimeOffset CreatedAt, int Tries, bool Used, string? Id = null)
    {
        public int V { get; init; } = 1;
    }

    /// <summary>Queues a code to a person of a case (or of a sign-in partition) and returns its id, or null when too many were asked for lately.</summary>
    /// <param name="first">Done in the same act before anything else: makes a sign-in partition.</param>
    public Task<string?> SendAsync(
        string caseId, string personKey, MailLane lane, Durations durations, Func<CaseChange, Task>? first = null, CancellationToken cancellation = default) =>
        cases.ChangeAsync<string?>(caseId, new ProcessContext("code", personKey, clock.Now), async change =>
        {
            var now = system.GetUtcNow();
            var known = await change.ListAsync<CodeRow>(Prefix);
            var recent = known.Count(c => c.PersonKey == personKey && now - c.CreatedAt < durations.CodeAskWindow);
            if (recent >= durations.CodeAsks) return null;
            if (first is not null) await first(change);
            foreach (var old in known.Where(c => c.Id is not null && now - c.CreatedAt >= durations.CodeAskWindow + durations.CodeLife).Take(MostCleared)) change.Remove(Prefix + old.Id);
            var id = NewId();
            change.Put(Prefix + id, new CodeRow(personKey, now, 0, false, id));
            change.Note("code.sent", fact: personKey);
            await change.MailAsync(new OutboxRow
            {
                Key = "code-" + id, Lane = lane, Kind = MailKind.Code, To = personKey, SecretId = id, QueuedAt = change.Now,
            });
            return id;
        }, cancellation);

    /// <summary>The digits of a code, for its mail.</summary>
    public string Digits(string caseId, string id) =>
        (BinaryPrimitives.ReadUInt64BigEndian(key.Mac("code", caseId, id)) % 1_000_000).ToString("D6");

    /// <summary>An id as codes have it, of no code.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(20, lowercase: true);

    /// <summary>Tries a code for a person. Every try counts, also one that loses a race.</summary>
    public async Task<CodeResult> TryAsync(string caseId, string id, string personKey, string typed, Durations durations, CancellationToken cancellation = default) =>
        (await CountedTryAsync(caseId, id, personKey, typed, durations, cancellation)).Result;

    /// <summary>The same, and whether the try was written down: sign-in takes as long for an address that nobody has.</summary>
    internal async Task<(CodeResult Result, bool Counted)> CountedTryAsync(
        string caseId, string id, string personKey, string typed, Durations durations, CancellationToken cancellation)
    {
        while (true)
        {
            if (!IsId(id) || await records.GetAsync(caseId, Prefix + id, cancellation) is not { } row) return (CodeResult.Expired, false);
            var code = Json.Read<CodeRow>(row.Data)!;
            if (code.Used || code.PersonKey != personKey || system.GetUtcNow() - code.CreatedAt >= durations.CodeLife) return (CodeResult.Expired, false);
            if (code.Tries >= durations.CodeTries) return (CodeResult.TooManyTries, false);
            var digits = new string([.. typed.Where(char.IsAsciiDigit)]);
            var right = CryptographicOperations.FixedTimeEquals(
                System.Text.Encoding.ASCII.GetBytes(Digits(caseId, id)), System.Text.Encoding.ASCII.GetBytes(digits));
            try
            {
                var next = code with { Tries = code.Tries + 1, Used = right };
                await records.CommitAsync(caseId, [new RowWrite.Replace(row.Row, Json.Write(next)!, row.Tag)], cancellation);
                return (right ? CodeResult.Right : code.Tries + 1 >= durations.CodeTries ? CodeResult.TooManyTries : CodeResult.Wrong, true);
            }
            catch (RecordConflictException)
            {
                // Two tries at once: read the count again.
            }
        }
    }

    private static bool IsId(string id) => id.Length == 20 && id.All(char.IsAsciiHexDigitLower);
}
