using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Report;

public sealed class FileTests
{
    [Fact]
    public async Task The_question_about_images_of_children_stands_before_the_first_file_field()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();

        var page = await Walk.ToAsync(browser, "/report/files");

        Assert.Empty(page.Document.QuerySelectorAll("input[type=file]"));
        Assert.Contains("Is any of it a sexual image of someone under 18, or could it be?", page.MainText);
        page = await Walk.ImagesAsync(page);
        Assert.Single(page.Document.QuerySelectorAll("input[type=file]"));
    }

    [Fact]
    public async Task Yes_leads_straight_to_the_safeguarding_form_with_what_was_typed_and_nothing_can_be_uploaded()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.ToAsync(browser, "/report/files", new() { What = "A picture of a girl is sent round." });
        var upload = (await Walk.ImagesAsync(page)).Form("Upload").Attach("Choose a file", "a.png", SampleFiles.Png);
        page = await (await browser.OpenAsync("/report/files")).Form("Continue without a file").SubmitAsync();
        await browser.PostAsync("/report/files/images", [new("_token", page.Form().Fields[0].Value), new("again", "1")]);

        page = await Walk.ImagesAsync(browser.Page, "Yes, or maybe");

        Assert.Equal("/safeguarding", page.Path);
        Assert.Contains("A picture of a girl is sent round.", page.Html);
        Assert.NotNull(page.Document.QuerySelector("input[name=school][checked]"));
        page = await browser.OpenAsync("/report/files");
        Assert.Empty(page.Document.QuerySelectorAll("input[type=file]"));
        Assert.Contains("Do not upload, save or send it on", page.MainText);
        page = await upload.SubmitAsync();
        Assert.Equal(400, (int)page.Status);
        Assert.Empty(site.EvidenceFiles);
    }

    [Fact]
    public async Task An_upload_before_the_question_is_answered_keeps_nothing()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.ToAsync(browser, "/report/files");
        var token = page.Form("Answer and choose a file").Fields[0].Value;
        var content = new MultipartFormDataContent { { new StringContent(token), "_token" }, { new ByteArrayContent(SampleFiles.Png), "file", "a.png" } };

        page = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/report/files/upload") { Content = content });

        Assert.Equal(400, (int)page.Status);
        Assert.Equal("Answer this before you add a file", page.ErrorBeside("images"));
        Assert.Empty(site.EvidenceFiles);
    }

    [Fact]
    public async Task Each_file_is_saved_at_once_and_can_be_removed()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.ImagesAsync(await Walk.ToAsync(browser, "/report/files"));

        page = await Walk.UploadAsync(page, "C:\\fake\\path\\écran \u202Egnp.png", SampleFiles.Png);
        Assert.Contains("écran gnp.png 29 bytes, saved", page.MainText);
        page = await Walk.UploadAsync(page, "second.txt", new byte[1500].Select(_ => (byte)'a').ToArray());
        Assert.Contains("second.txt 1 KB, saved", page.MainText);
        Assert.Equal(2, site.EvidenceFiles.Count);

        page = await page.Form("Remove écran gnp.png").SubmitAsync("Remove écran gnp.png");

        Assert.DoesNotContain("écran", page.MainText);
        Assert.Single(site.EvidenceFiles);
        Assert.All(site.EvidenceFiles, name => Assert.Matches("^inc-[0-9a-z]{8}-[0-9a-f]{16}\\.bin$", name));
    }

    [Theory]
    [InlineData("a.png", 0, "The selected file is empty")]
    [InlineData("a.exe", 10, "The selected file must be a picture (PNG, JPG, GIF, WebP or HEIC), a PDF, a text, an email (EML or MSG), a recording (MP3, M4A or WAV) or a video (MP4, MOV or WebM)")]
    [InlineData("a.pdf", 10, "The selected file is not what its name says it is. Choose the original file, or a screenshot of it")]
    [InlineData("a.txt", 26 * 1024 * 1024, "The selected file must be smaller than 25MB (a video: 95MB)")]
    [InlineData("a.mp4", 96 * 1024 * 1024, "The selected video must be smaller than 95MB")]
    public async Task A_file_that_is_not_taken_says_why_beside_the_field_and_nothing_else_is_lost(string name, int bytes, string message)
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.UploadAsync(await Walk.ImagesAsync(await Walk.ToAsync(browser, "/report/files")), "good.png", SampleFiles.Png);

        page = await Walk.UploadAsync(page, name, new byte[bytes].Select(_ => (byte)'a').ToArray());

        Assert.Equal(400, (int)page.Status);
        Assert.Equal(message, page.ErrorBeside("file"));
        Assert.StartsWith("Error: ", page.Title);
        Assert.Contains("good.png", page.MainText);
        Assert.Single(site.EvidenceFiles);
    }

    [Fact]
    public async Task A_video_as_large_as_one_may_be_is_kept_whole()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var video = new byte[95 * 1024 * 1024];
        SampleFiles.Mp4.CopyTo(video, 0);

        var page = await Walk.UploadAsync(await Walk.ImagesAsync(await Walk.ToAsync(browser, "/report/files")), "clip.mp4", video);

        Assert.Contains("clip.mp4 95 MB, saved", page.MainText);
        var kept = await site.Get<IEvidenceStore>().OpenAsync(Path.GetFileNameWithoutExtension(Assert.Single(site.EvidenceFiles)));
        await using (kept) Assert.Equal(SHA256.HashData(video), await SHA256.HashDataAsync(kept!));
    }

    [Fact]
    public async Task A_file_beyond_all_measure_is_refused_with_the_size_that_is_taken()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var request = (await Walk.ImagesAsync(await Walk.ToAsync(browser, "/report/files"))).Form("Upload").Attach("Choose a file", "a.mp4", new byte[200 * 1024 * 1024]).Request();

        var page = await browser.SendAsync(request);

        Assert.Equal(413, (int)page.Status);
        Assert.Contains("The largest file that can be sent here is 95 MB", page.MainText);
    }

    [Fact]
    public async Task No_file_chosen_says_so()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();

        var page = await (await Walk.ImagesAsync(await Walk.ToAsync(browser, "/report/files"))).Form("Upload").SubmitAsync();

        Assert.Equal("Choose a file", page.ErrorBeside("file"));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public async Task An_upload_that_is_cut_says_so_and_keeps_the_rest(double part)
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.UploadAsync(await Walk.ImagesAsync(await Walk.ToAsync(browser, "/report/files")), "good.png", SampleFiles.Png);
        var whole = page.Form("Upload").Attach("Choose another file", "b.txt", Encoding.ASCII.GetBytes(new string('x', 20_000))).Request();
        var bytes = await whole.Content!.ReadAsByteArrayAsync();
        var cut = new ByteArrayContent(bytes[..(int)(bytes.Length * part)]);
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse(whole.Content.Headers.ContentType!.ToString());

        page = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/report/files/upload") { Content = cut });

        Assert.Equal(400, (int)page.Status);
        Assert.StartsWith("The selected file did not arrive complete", page.ErrorBeside("file"));
        Assert.Contains("good.png", page.MainText);
        Assert.Single(site.EvidenceFiles);
    }

    [Fact]
    public async Task Ten_files_are_enough()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.ImagesAsync(await Walk.ToAsync(browser, "/report/files"));
        var late = page.Form("Upload").Attach("Choose a file", "late.png", SampleFiles.Png);
        for (var i = 0; i < 10; i++) page = await Walk.UploadAsync(page, $"{i}.png", SampleFiles.Png);
        Assert.Empty(page.Document.QuerySelectorAll("input[type=file]"));

        page = await late.SubmitAsync();

        Assert.Equal(400, (int)page.Status);
        Assert.Contains("You can add 10 files here", string.Join(' ', page.Errors));
        Assert.Equal(10, site.EvidenceFiles.Count);
    }

    [Fact]
    public async Task When_the_store_of_drafts_is_full_the_file_is_not_left_behind()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.ImagesAsync(await Walk.ToAsync(browser, "/report/files"));
        site.Records.FullFor = partition => partition.StartsWith("draft-", StringComparison.Ordinal);

        page = await Walk.UploadAsync(page, "a.png", SampleFiles.Png);

        Assert.Equal(400, (int)page.Status);
        Assert.StartsWith("The selected file could not be saved", page.ErrorBeside("file"));
        Assert.Empty(site.EvidenceFiles);
    }

    [Fact]
    public async Task Without_a_link_a_name_or_a_file_the_page_asks_once_more()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.ToAsync(browser, "/report/files", new() { Link = null });

        page = await page.Form("Continue without a file").SubmitAsync();
        Assert.Equal("Add a file, go back and enter a link or a name, or say that you cannot get it now", page.ErrorBeside("cannot"));
        page = await page.Form("Continue without a file").Choose("I cannot get it now").SubmitAsync();

        Assert.Equal("/report/you", page.Path);
    }

    [Fact]
    public async Task Files_of_a_sent_report_are_the_cases_and_cannot_be_removed_any_more()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.UploadAsync(await Walk.ImagesAsync(await Walk.ToAsync(browser, "/report/files")), "a.png", SampleFiles.Png);
        var remove = page.Form("Remove a.png").Request("Remove a.png");
        page = await page.Form("Continue").SubmitAsync();
        page = await (await page.Form().SubmitAsync()).Form().SubmitAsync();
        await page.Form("Send report").SubmitAsync();

        await browser.SendAsync(remove);

        Assert.Single(site.EvidenceFiles);
        await using var stream = await site.Get<IEvidenceStore>().OpenAsync(Path.GetFileNameWithoutExtension(site.EvidenceFiles[0]));
        Assert.NotNull(stream);
    }
}
