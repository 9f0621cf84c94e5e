using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Pipeline;

public sealed class UploadTests
{
    private const int Limit = 64 * 1024;

    [Theory]
    [InlineData(1)]
    [InlineData(Limit)]
    public async Task A_file_up_to_the_limit_arrives_whole_with_its_fields(int bytes)
    {
        var pages = new TestPages();
        await using var host = await PipelineHost.StartAsync(null, pages);
        using var browser = host.Browser();

        var page = await browser.OpenAsync("/form");
        page = await page.Form("Upload").Fill("Note", "é").Attach("File", "../ä.png", new byte[bytes]).SubmitAsync();

        Assert.Equal($"../ä.png {bytes} é", page.Html);
        Assert.Equal([bytes], pages.Files);
    }

    [Theory]
    [InlineData(Limit + 1)]
    [InlineData(4 * 1024 * 1024)]
    public async Task A_larger_file_is_refused_with_413(int bytes)
    {
        var pages = new TestPages();
        await using var host = await PipelineHost.StartAsync(null, pages);
        using var browser = host.Browser();

        var page = await browser.OpenAsync("/form");
        page = await page.Form("Upload").Attach("File", "a.png", new byte[bytes]).SubmitAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, page.Status);
        Assert.Empty(pages.Files);
        PipelineTests.AssertHeaders(page);
    }

    [Fact]
    public async Task The_texts_of_an_upload_are_taken_as_in_any_form_and_bounded_together()
    {
        var pages = new TestPages();
        await using var host = await PipelineHost.StartAsync(null, pages);
        using var browser = host.Browser();
        var form = (await browser.OpenAsync("/form")).Form("Upload");

        var most = new string('n', FormLimits.FormBytes - 4096);
        Assert.Equal($"no file {most}", (await form.Fill("Note", most).SubmitAsync()).Html);
        var half = new string('n', FormLimits.FormBytes / 2);
        var refused = await form.Fill("Note", half).Set("another", half).SubmitAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.Status);
    }

    [Fact]
    public async Task No_file_chosen_is_no_file()
    {
        await using var host = await PipelineHost.StartAsync(null, new TestPages());
        using var browser = host.Browser();

        var page = await browser.OpenAsync("/form");
        page = await page.Form("Upload").Fill("Note", "later").SubmitAsync();

        Assert.Equal("no file later", page.Html);
    }

    [Fact]
    public async Task Without_a_token_before_it_the_file_is_not_read()
    {
        var pages = new TestPages();
        await using var host = await PipelineHost.StartAsync(null, pages);
        using var browser = host.Browser();
        var form = (await browser.OpenAsync("/form")).Form("Upload").Attach("File", "a.png", new byte[10]);
        var token = form.Fields[0].Value;

        var missing = await form.Without(FormLimits.TokenField).SubmitAsync();
        var late = await form.Set(FormLimits.TokenField, token).SubmitAsync();

        Assert.Equal(HttpStatusCode.BadRequest, missing.Status);
        Assert.Equal(HttpStatusCode.BadRequest, late.Status);
        Assert.Empty(pages.Files);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.99)]
    public async Task An_upload_that_is_cut_says_so_and_is_not_taken(double part)
    {
        var pages = new TestPages();
        await using var host = await PipelineHost.StartAsync(null, pages);
        using var browser = host.Browser();
        var whole = (await browser.OpenAsync("/form")).Form("Upload").Attach("File", "a.png", Encoding.ASCII.GetBytes(new string('x', 20_000))).Request();
        var bytes = await whole.Content!.ReadAsByteArrayAsync();
        var cut = new ByteArrayContent(bytes[..(int)(bytes.Length * part)]);
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse(whole.Content.Headers.ContentType!.ToString());

        var page = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/upload") { Content = cut });

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("The file did not arrive complete", page.Heading);
        Assert.Empty(pages.Files);
    }

    [Fact]
    public async Task Something_that_is_no_multipart_form_is_refused()
    {
        await using var host = await PipelineHost.StartAsync(null, new TestPages());
        using var browser = host.Browser();

        var page = await browser.PostAsync("/upload", [new("file", "x")]);

        Assert.Equal("We could not read that form", page.Heading);
    }
}
