using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PolicyFlows.Core.Cases;
using PolicyFlows.Server.Hosting;
using PolicyFlows.Storage;

namespace PolicyFlows.Bench;

/// <summary>Reports with a 1 MiB file, through the pages of the whole server on a folder of its own, until the manager's mail is queued.</summary>
public static class ReportWorkload
{
    private const int FileBytes = 1024 * 1024;
    private const int Alone = 200;
    private const int AtOnce = 8;
    private const int Each = 25;
    private const double AimMs = 200;

    /// <summary>Prints reports a second of several people at once, and the times of one alone.</summary>
    public static async Task<IReadOnlyList<BenchLine>> RunAsync(BenchRun run)
    {
        var parent = Directory.CreateTempSubdirectory("policyflows-bench-");
        try
        {
            using var folder = DataFolder.Open(Path.Combine(parent.FullName, "data"), TimeProvider.System);
            var address = FreeAddress();
            await using var app = await EmbeddedServer.BuildAsync(folder, new ServerOptions(folder.Path, address, AllowNetwork: false));
            await app.StartAsync();
            await OneAfterTheOtherAsync(folder, address, Alone / 10);
            var alone = await OneAfterTheOtherAsync(folder, address, Alone);

            var rates = new List<double>();
            for (var i = 0; i < BenchRun.Repeats; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => OneAfterTheOtherAsync(folder, address, Each)));
                rates.Add(AtOnce * Each / Stopwatch.GetElapsedTime(started).TotalSeconds);
            }

            await app.StopAsync();
            var p99 = Figures.Percentile(alone, 0.99);
            return [new("report", Figures.Median(rates), "reports/s", Figures.Percentile(alone, 0.5), p99, AimMs, p99 / AimMs)];
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    private static async Task<List<double>> OneAfterTheOtherAsync(DataFolder folder, Uri address, int count)
    {
        var times = new List<double>();
        for (var i = 0; i < count; i++) times.Add((await ReportAsync(folder, address)).TotalMilliseconds);
        return times;
    }

    /// <summary>
    /// One report. Counted is what its sender waits for at the end: the upload, the sending, each until the next page is there, and then until
    /// the manager's mail stands in the outbox.
    /// </summary>
    private static async Task<TimeSpan> ReportAsync(DataFolder folder, Uri address)
    {
        using var browser = new BenchBrowser(address);
        await browser.OpenAsync("/report");
        await browser.PostAsync("/report", ("child", "no"));
        await browser.PostAsync("/report/school", ("school", "s-101"), ("for", "self"));
        await browser.PostAsync("/report/what", ("what", "Somebody wrote an ugly thing about me."));
        await browser.PostAsync("/report/where", ("link", "https://www.forum.example/post"), ("then", "continue"));
        await browser.PostAsync("/report/files/images", ("images", "no"));
        var picture = Picture();

        var uploading = Stopwatch.GetTimestamp();
        await browser.UploadAsync("/report/files/upload", "file", "screenshot.png", picture);
        var uploaded = Stopwatch.GetElapsedTime(uploading);

        await browser.PostAsync("/report/files");
        await browser.PostAsync("/report/you", ("email", "reporter@home.example"));
        await browser.PostAsync("/report/people");

        var sending = Stopwatch.GetTimestamp();
        var confirmation = await browser.PostAsync("/report/send");
        var at = confirmation.IndexOf("<strong>INC-", StringComparison.Ordinal);
        if (at < 0) throw new InvalidOperationException("The report was not confirmed.");
        var reference = confirmation[(at + 8)..(at + 20)];
        while (!await IsManagerMailedAsync(folder, reference))
        {
            if (Stopwatch.GetElapsedTime(sending) > TimeSpan.FromSeconds(30)) throw new InvalidOperationException($"The mail of {reference} was not queued.");
            await Task.Delay(1);
        }

        return uploaded + Stopwatch.GetElapsedTime(sending);
    }

    private static async Task<bool> IsManagerMailedAsync(DataFolder folder, string reference) =>
        (await folder.Records.RangeAsync(reference, Rows.OutPrefix)).Rows.Any(r => r.Row.StartsWith(Rows.OutPrefix + "decide-1.asked.", StringComparison.Ordinal));

    private static byte[] Picture()
    {
        var bytes = new byte[FileBytes];
        Random.Shared.NextBytes(bytes);
        byte[] start = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8];
        start.CopyTo(bytes, 0);
        return bytes;
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
