using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Mail.SendGrid;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Mail;

/// <summary>What the mail service posts, through the whole pipeline, signed with a key of the test.</summary>
public sealed class DeliveryHookTests : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public async Task A_bounce_becomes_a_task_on_the_operations_log_and_stands_on_the_case()
    {
        await using var program = await StartAsync();
        var reference = await program.ReportAsync();
        var asked = await AskedAsync(program, reference);
        Assert.NotNull(asked.SentAt);

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(program, Events(Event("bounce", reference, asked.Key, "e1"), Event("delivered", reference, asked.Key, "e2"))));
        await program.RunAsync();

        Assert.NotNull((await AskedAsync(program, reference)).RefusedAt);
        Assert.Equal(TaskKind.DeliveryTrouble, Assert.Single(await TroublesAsync(program)).Kind);
        // The administrator is asked by mail, which names the person and the case by their keys alone.
        Assert.Contains(program.Mail.All, m => m.Message.ToAddress == Steps.EmailOf(DemonstrationSeed.Administrator));
    }

    [Fact]
    public async Task Two_events_of_one_id_in_one_post_and_the_post_again_are_one_task()
    {
        await using var program = await StartAsync();
        var reference = await program.ReportAsync();
        var asked = await AskedAsync(program, reference);
        var body = Events(Event("bounce", reference, asked.Key, "e1"), Event("bounce", reference, asked.Key, "e1"));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(program, body));
        var once = await AskedAsync(program, reference);
        program.Time.Now = program.Time.Now.AddMinutes(9);
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(program, body));
        Assert.Equal(once, await AskedAsync(program, reference));
        Assert.Single(await TroublesAsync(program));
    }

    [Fact]
    public async Task What_is_not_signed_now_by_the_service_is_answered_with_401_and_no_reason()
    {
        await using var program = await StartAsync();
        var reference = await program.ReportAsync();
        var asked = await AskedAsync(program, reference);
        var body = Events(Event("bounce", reference, asked.Key, "e1"));
        var (timestamp, signature) = Sign(program, body);
        var before = await program.PictureAsync(reference);

        var answers = new List<(HttpStatusCode, string)>
        {
            await PostAsync(program, body, null, null),
            await PostAsync(program, body, timestamp, null),
            await PostAsync(program, body, null, signature),
            await PostAsync(program, [.. body, (byte)' '], timestamp, signature),
            await PostAsync(program, body, timestamp[..^1] + (char)(timestamp[^1] ^ 1), signature),
            await PostAsync(program, body, timestamp, "A" + signature[1..]),
        };
        program.Time.System.Now = program.Time.System.Now.AddMinutes(11);
        answers.Add(await PostAsync(program, body, timestamp, signature));

        Assert.Equal([(HttpStatusCode.Unauthorized, "Not taken.")], answers.Distinct());
        Assert.Equal(before, await program.PictureAsync(reference));
        Assert.Empty(await TroublesAsync(program));
    }

    [Fact]
    public async Task Too_much_and_what_is_no_list_are_refused()
    {
        await using var program = await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(program, "{}"u8.ToArray()));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(program, new byte[(1024 * 1024) + 1]));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(program, "[]"u8.ToArray()));
    }

    [Fact]
    public async Task While_the_records_cannot_be_written_the_service_is_asked_to_tell_it_again_and_the_other_events_are_taken()
    {
        await using var program = await StartAsync();
        var (first, second) = (await program.ReportAsync(), await program.ReportAsync());
        var body = Events(Event("bounce", first, (await AskedAsync(program, first)).Key, "e1"), Event("bounce", second, (await AskedAsync(program, second)).Key, "e2"));
        program.Records.FullFor = partition => partition == first;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(program, body));
        Assert.Equal((null, true), ((await AskedAsync(program, first)).RefusedAt, (await AskedAsync(program, second)).RefusedAt is not null));
        program.Records.FullFor = null;
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(program, body));
        Assert.NotNull((await AskedAsync(program, first)).RefusedAt);
        Assert.Equal(2, (await TroublesAsync(program)).Count);
    }

    [Fact]
    public async Task Without_the_webhooks_key_there_is_no_such_address()
    {
        await using var program = await TestProgram.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(program, "[]"u8.ToArray()));
    }

    [Fact]
    public async Task Only_this_address_takes_a_post_without_a_token_and_nothing_but_posts()
    {
        await using var program = await StartAsync();
        using var browser = program.Browser();
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await browser.OpenAsync(Links.Hooks.SendGrid())).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(program, "[]"u8.ToArray(), "1", "x", Links.Hooks.SendGrid() + "/")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(program, "[]"u8.ToArray(), "1", "x", Links.SignIn.Out())).Status);
    }

    public void Dispose() => key.Dispose();

    private Task<TestProgram> StartAsync() => TestProgram.StartAsync(new ProgramNeeds
    {
        More = services => services.AddSingleton<IDeliveryEvents>(s => new SendGridEvents(new EventSignature(Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()), s.GetRequiredService<TimeProvider>()))),
    });

    private static async Task<OutboxRow> AskedAsync(TestProgram program, string reference) =>
        (await program.Get<CaseStore>().ListAsync<OutboxRow>(reference, Rows.OutPrefix)).Select(m => m.Value).First(m => m.Kind == MailKind.TaskAsked);

    private static async Task<IReadOnlyList<TaskRecord>> TroublesAsync(TestProgram program)
    {
        var found = new List<TaskRecord>();
        foreach (var day in await program.CasesAsync("OPS-")) found.AddRange((await program.TasksAsync(day)).Where(t => t.Kind == TaskKind.DeliveryTrouble));
        return found;
    }

    private static string Event(string kind, string caseId, string outKey, string id) =>
        $$"""{"email":"x@school.example","event":"{{kind}}","status":"5.1.1","sg_event_id":"{{id}}","policyflows_case":"{{caseId}}","policyflows_key":"{{outKey}}"}""";

    // As the service writes them: line breaks that a reader of forms or JSON would lose count for the signature.
    private static byte[] Events(params string[] events) => Encoding.UTF8.GetBytes("[" + string.Join(",\r\n", events) + "]\r\n");

    private (string Timestamp, string Signature) Sign(TestProgram program, byte[] body)
    {
        var timestamp = program.Time.System.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return (timestamp, Convert.ToBase64String(key.SignData([.. Encoding.ASCII.GetBytes(timestamp), .. body], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
    }

    private async Task<HttpStatusCode> PostAsync(TestProgram program, byte[] body)
    {
        var (timestamp, signature) = Sign(program, body);
        return (await PostAsync(program, body, timestamp, signature)).Status;
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(TestProgram program, byte[] body, string? timestamp, string? signature, string? address = null)
    {
        using var browser = program.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Post, address ?? Links.Hooks.SendGrid()) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        if (timestamp is not null) request.Headers.Add(EventSignature.TimestampHeader, timestamp);
        if (signature is not null) request.Headers.Add(EventSignature.SignatureHeader, signature);
        var page = await browser.SendAsync(request, site: null, follow: false);
        return (page.Status, page.Html);
    }
}
