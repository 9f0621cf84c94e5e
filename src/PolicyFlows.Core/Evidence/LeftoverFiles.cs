using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Operations;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Time;

namespace PolicyFlows.Core.Evidence;

/// <summary>
/// Removes files that no case and no draft holds: a process killed between the last byte of an upload and its record leaves one, and its
/// sender was never told that it was received. In doubt a file stays.
/// </summary>
public sealed class LeftoverFiles(
    IEvidenceStore evidence, EvidenceHolders holders, CaseStore cases, DirectoryStore directories, BusinessClock clock, TimeProvider system, ILogger<LeftoverFiles> logger)
{
    /// <summary>
    /// Removes those whose last byte is older than <see cref="Settings.Durations.LeftoverFileLife"/>, each noted with its hash in the operations
    /// log before it goes. Removes nothing at all while any case lacks an item that its timeline tells of: the file may be that item.
    /// </summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> RemoveAsync(CancellationToken cancellation = default)
    {
        var before = system.GetUtcNow() - (await directories.RequireAsync(cancellation)).Settings.Durations.LeftoverFileLife;
        var leftovers = new List<string>();
        await foreach (var file in evidence.ListAsync(cancellation))
        {
            if (await evidence.ReceivedAtAsync(file, cancellation) < before) leftovers.Add(file);
        }

        if (!await KeepUnheldAsync(leftovers, cancellation)) return 0;
        if (await holders.FirstWithLostItemAsync(cancellation) is { } damaged)
        {
            logger.LogError("{Count} files that nobody holds stay: case {Case} lacks an item of evidence. Run verify.", leftovers.Count, damaged);
            return 0;
        }

        // Asked a second time, right before: the first look may be long ago in a large folder.
        if (!await KeepUnheldAsync(leftovers, cancellation)) return 0;
        foreach (var file in leftovers) await RemoveAsync(file, cancellation);
        return leftovers.Count;
    }

    /// <returns>True when any are left.</returns>
    private async Task<bool> KeepUnheldAsync(List<string> files, CancellationToken cancellation)
    {
        if (files.Count == 0) return false;
        var held = await holders.AllAsync(cancellation);
        files.RemoveAll(held.Contains);
        return files.Count > 0;
    }

    private async Task RemoveAsync(string file, CancellationToken cancellation)
    {
        string hash;
        await using (var content = await evidence.OpenAsync(file, cancellation))
        {
            if (content is null) return;
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
        }

        await cases.ChangeAsync(OperationsRecord.IdOf(clock.Now), ProcessContext.OfProgram("daily rounds", clock.Now), async change =>
        {
            await OperationsRecord.EnsureAsync(change);
            change.Note("evidence.leftover-removed", "8.2", file, fact: hash);
        }, cancellation);
        await evidence.DeleteAsync(file, cancellation);
    }
}
