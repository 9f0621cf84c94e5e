using System.Security.Cryptography;
using PolicyFlows.Crash.Server;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Crash.People;

/// <summary>Sends reports with files. After a kill it reopens the page it was on, or presses the same button again, and goes on from what it sees.</summary>
internal sealed class Reporter(string name, Ledger ledger, Stage stage, PostWatch wire, Uri address, Random random) : Actor(name, ledger)
{
    private readonly Ledger ledger = ledger;
    private Draft? draft;

    /// <summary>A report being written: what it is to hold, and what the pages have confirmed so far.</summary>
    private sealed class Draft(Device device, string marker, string school, string? email)
    {
        public Device Device { get; } = device;
        public string Marker { get; } = marker;
        public string School { get; } = school;
        public string? Email { get; } = email;
        public Queue<(string Name, byte[] Content)> ToSend { get; } = new();
        public List<SentFile> Saved { get; } = [];
        public bool TearsFirst { get; set; }
        public bool IsBegun { get; set; }
        public bool IsSent { get; set; }
        public string Here { get; set; } = "/report";
        public WebForm? Press { get; set; }
        /// <summary>What was being sent when the answer was lost.</summary>
        public string? Unsure { get; set; }
    }

    public override bool IsIdle => draft is null;

    protected override async Task<bool> StepAsync()
    {
        if (draft is null && Finishing) return false;
        draft ??= Begin();
        var device = draft.Device;
        if (device.Page is null)
        {
            if (draft.Press is { } again)
            {
                await device.SubmitAsync(again);
                (draft.Press, draft.Unsure) = (null, null);
            }
            else
            {
                await device.OpenAsync(draft.Here);
            }
        }

        await TurnPageAsync(draft, device.Page!.Path);
        if (draft is not null && device.Page is { } page) draft.Here = page.Path;
        return true;
    }

    protected override void WasCutOff()
    {
        if (draft is null) return;
        // Some look whether it arrived, some go back and press the button once more.
        if (!draft.IsSent || random.Next(2) != 0) return;
        (draft.Press, draft.Here) = (null, "/report/sent");
    }

    protected override void GiveUp()
    {
        draft?.Device.Dispose();
        draft = null;
    }

    private Draft Begin()
    {
        var marker = $"report {random.NextInt64():x16}";
        var begun = new Draft(new Device(stage, wire, address), marker, Folk.Schools[random.Next(Folk.Schools.Count)].Id, random.Next(4) == 0 ? null : $"{marker[7..]}@home.example")
        {
            TearsFirst = random.Next(5) == 0,
        };
        for (var i = random.Next(10) switch { < 2 => 0, < 8 => 1, _ => 2 }; i > 0; i--) begun.ToSend.Enqueue(($"{marker[7..]}-{i}.png", Picture()));
        return begun;
    }

    private Task TurnPageAsync(Draft d, string path) => path switch
    {
        "/report" => StartAsync(d),
        "/report/school" => PassAsync(d, path, f => f.Set("school", d.School).Set("for", "self")),
        "/report/what" => PassAsync(d, path, f => f.Set("what", $"Somebody wrote an ugly thing about me: {d.Marker}.").Set("account", "personal")),
        "/report/where" => PassAsync(d, path, f => d.Device.Page!.MainText.Contains(d.Marker[7..], StringComparison.Ordinal) ? f : f.Set("link", $"https://www.forum.example/{d.Marker[7..]}").Set("kind", "Post")),
        "/report/files" => FilesAsync(d),
        "/report/you" => PassAsync(d, path, f => f.Set("email", d.Email ?? "")),
        "/report/people" => PassAsync(d, path, f => f),
        "/report/check" => SendAsync(d),
        "/report/sent" => ConfirmedAsync(d),
        _ => throw d.Device.Unexpected("is no page of the report"),
    };

    private static async Task StartAsync(Draft d)
    {
        if (d.Device.Page!.Document.QuerySelectorAll("a").FirstOrDefault(a => WebPage.Words(a) == "Go on with it") is { } goOn)
        {
            await d.Device.OpenAsync(goOn.GetAttribute("href")!);
            return;
        }

        if (d.IsBegun) throw d.Device.Unexpected("has lost what was kept of the report");
        await d.Device.SubmitAsync(d.Device.Form("/report").Set("child", "no"));
    }

    private static async Task PassAsync(Draft d, string path, Func<WebForm, WebForm> fill)
    {
        var page = await d.Device.SubmitAsync(fill(d.Device.Form(path)));
        if (page.Errors.Count > 0) throw d.Device.Unexpected("refused an answer");
        d.IsBegun = true;
    }

    private async Task FilesAsync(Draft d)
    {
        var page = d.Device.Page!;
        var shown = page.Document.QuerySelectorAll(".pf-kept__what").Select(k => k.FirstChild!.TextContent.Trim()).ToList();
        foreach (var file in d.Saved.Where(f => shown.Count(n => n == f.Name) != 1)) throw d.Device.Unexpected($"shows the saved file {file.Name} {shown.Count(n => n == file.Name)} times");
        if (d.ToSend.TryPeek(out var next) && shown.Contains(next.Name))
        {
            // Shown as saved: from here on it must stay. After a lost answer this page is the first to say so.
            d.Saved.Add(new(next.Name, Convert.ToHexStringLower(SHA256.HashData(next.Content))));
            d.ToSend.Dequeue();
            if (d.Unsure == next.Name) ledger.NoteTakenUnseen();
        }

        if (d.ToSend.Count == 0)
        {
            await PassAsync(d, "/report/files", f => f);
        }
        else if (d.Device.TryForm("/report/files/upload") is { } upload)
        {
            await UploadAsync(d, upload);
        }
        else
        {
            await d.Device.SubmitAsync(d.Device.Form("/report/files/images").Set("images", "no"));
        }
    }

    private async Task UploadAsync(Draft d, WebForm upload)
    {
        var (name, content) = d.ToSend.Peek();
        var label = WebPage.Words(d.Device.Page!.Document.QuerySelector("label[for=file]") ?? throw d.Device.Unexpected("has no file field"));
        upload.Attach(label, name, content, "image/png");
        if (d.TearsFirst)
        {
            d.TearsFirst = false;
            await d.Device.TearAsync(upload);
            ledger.NoteTorn();
            await d.Device.OpenAsync("/report/files");
            if (d.Device.Page!.MainText.Contains(name, StringComparison.Ordinal)) throw d.Device.Unexpected($"shows a file of which 60 % arrived: {name}");
            return;
        }

        d.Unsure = name;
        await d.Device.SubmitAsync(upload);
        d.Unsure = null;
        if (d.Device.Page!.Errors.Count > 0) throw d.Device.Unexpected("refused a file");
    }

    private async Task SendAsync(Draft d)
    {
        var text = d.Device.Page!.MainText;
        foreach (var must in d.Saved.Select(f => f.Name).Append(d.Marker).Where(m => !text.Contains(m, StringComparison.Ordinal))) throw d.Device.Unexpected($"has lost '{must}'");
        var form = d.Device.Form("/report/send");
        (d.IsSent, d.Press, d.Unsure) = (true, form, "report");
        await d.Device.SubmitAsync(form);
        (d.Press, d.Unsure) = (null, null);
    }

    private Task ConfirmedAsync(Draft d)
    {
        var page = d.Device.Page!;
        var reference = WebPage.Words(page.Document.QuerySelector(".govuk-panel strong") ?? throw d.Device.Unexpected("shows no reference"));
        var code = WebPage.Words(page.Document.QuerySelector(".pf-code") ?? throw d.Device.Unexpected("shows no receipt code"));
        ledger.Add(new SentReport(reference, code, d.Marker, d.School, d.Email, d.Saved));
        if (d.Unsure == "report") ledger.NoteTakenUnseen();
        d.Device.Dispose();
        draft = null;
        return Task.CompletedTask;
    }

    // What a phone makes, as far as the program looks: a signature, then anything.
    private byte[] Picture()
    {
        var bytes = new byte[random.Next(20) == 0 ? 2_000_000 : random.Next(1_000, 200_000)];
        random.NextBytes(bytes);
        byte[] start = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8];
        start.CopyTo(bytes, 0);
        return bytes;
    }
}
