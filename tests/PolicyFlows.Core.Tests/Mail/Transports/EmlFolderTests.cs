using System.Text;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Tests.Records;

namespace PolicyFlows.Core.Tests.Mail.Transports;

public sealed class EmlFolderTests : IDisposable
{
    private static readonly MailMessageText Plain = new(
        "task-1@trust.example", "zoe@school.example", "Zoe Smith", "Decide by 9:30", "Dear Zoe,\n\nPlease decide.\n", MailLane.Other, new DateTimeOffset(2026, 3, 2, 9, 5, 7, 123, TimeSpan.FromHours(1)));

    private readonly TempFolder folder = new();
    private readonly EmlFolder reader;

    public EmlFolderTests() => reader = new EmlFolder(folder.Path);

    public void Dispose() => folder.Dispose();

    private EmlFolderTransport Transport() => new(folder.Path, "policy@trust.example", "Elm Trust");

    private async Task<EmlMessage> RoundTrip(MailMessageText message)
    {
        await Transport().SendAsync(message);
        return reader.List()[^1];
    }

    private string Raw() => File.ReadAllText(Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).Last(), Encoding.Latin1);

    [Fact]
    public async Task A_message_is_read_back_as_it_was_sent()
    {
        var read = await RoundTrip(Plain);
        Assert.Equal(
            new EmlMessage("20260302T080507123Z-00000001.eml", "policy@trust.example", "Elm Trust", "zoe@school.example", "Zoe Smith", "Decide by 9:30",
                new DateTimeOffset(2026, 3, 2, 8, 5, 7, TimeSpan.Zero), "task-1@trust.example", MailLane.Other, "Dear Zoe,\n\nPlease decide.\n"),
            read);
    }

    [Fact]
    public async Task The_file_is_a_message_of_the_internet()
    {
        await Transport().SendAsync(Plain);
        Assert.Equal(
            """
            From: "Elm Trust" <policy@trust.example>
            To: "Zoe Smith" <zoe@school.example>
            Subject: Decide by 9:30
            Date: Mon, 2 Mar 2026 08:05:07 +0000
            Message-ID: <task-1@trust.example>
            Auto-Submitted: auto-generated
            X-PolicyFlows-Lane: Other
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Dear Zoe,

            Please decide.


            """.ReplaceLineEndings("\r\n"),
            Raw());
    }

    [Theory]
    [InlineData("Zoë – “decide” \U0001F600")]
    [InlineData("=?utf-8?B?AAAA?=")]
    [InlineData("  spaces  at both ends ")]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("Quotes \" and \\ and <angles> and commas, too")]
    public async Task Any_subject_and_name_come_back_whole_in_short_ascii_lines(string text)
    {
        foreach (var value in new[] { text, string.Join(' ', Enumerable.Repeat(text, 12)), string.Concat(Enumerable.Repeat(text, 40)) })
        {
            var read = await RoundTrip(Plain with { Subject = value, ToName = value });
            Assert.Equal(value, read.Subject);
            Assert.Equal(value, read.ToName);
            Assert.All(Raw().Split("\r\n"), line => Assert.True(line.Length <= 100 && line.All(unit => unit < 128), line));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("one line")]
    [InlineData("ends with space \nand tab\t\n")]
    [InlineData("= and =3D and Zoë \U0001F600")]
    [InlineData("\n\n\n")]
    [InlineData(".\n..\nFrom me")]
    [InlineData("windows\r\nlines\rold\u2028separator")]
    public async Task Any_body_comes_back_with_its_line_ends_made_one(string body)
    {
        foreach (var value in new[] { body, string.Concat(Enumerable.Repeat(body + "x", 60)), new string('é', 500) + body })
        {
            Assert.Equal(value.ReplaceLineEndings("\n"), (await RoundTrip(Plain with { Body = value })).Body);
            Assert.All(Raw().Split("\r\n"), line => Assert.True(line.Length <= 100 && line.All(unit => unit is >= ' ' and < (char)127 or '\t'), line));
        }
    }

    [Theory]
    [InlineData("\r\nBcc: x@y.example")]
    [InlineData("\n")]
    [InlineData("\r")]
    public async Task A_line_break_in_any_header_value_is_refused_and_writes_nothing(string bad)
    {
        var transport = Transport();
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(Plain with { Subject = "a" + bad }));
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(Plain with { ToName = "a" + bad }));
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(Plain with { ToAddress = "a@b.example" + bad }));
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(Plain with { MessageId = "a@b" + bad }));
        Assert.Throws<ArgumentException>(() => new EmlFolderTransport(folder.Path, "policy@trust.example", "Elm" + bad));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("no at sign")]
    [InlineData("a@b@c")]
    [InlineData("<a@b>")]
    [InlineData("é@b")]
    public async Task A_message_id_that_is_none_is_refused(string id) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Transport().SendAsync(Plain with { MessageId = id }));

    [Fact]
    public async Task Messages_are_listed_by_time_and_then_as_they_were_sent_also_after_a_restart()
    {
        await Transport().SendAsync(Plain with { Subject = "2" });
        await Transport().SendAsync(Plain with { Subject = "3" });
        await Transport().SendAsync(Plain with { Subject = "1", WrittenAt = Plain.WrittenAt.AddMilliseconds(-1) });
        await Transport().SendAsync(Plain with { Subject = "4" });
        Assert.Equal(["1", "2", "3", "4"], reader.List().Select(message => message.Subject));
    }

    [Fact]
    public async Task Many_messages_at_once_are_all_kept()
    {
        var transport = Transport();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => transport.SendAsync(Plain with { MessageId = $"m-{i}@x" }))));
        Assert.Equal(50, reader.List().Select(message => message.MessageId).Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(Directory.GetFiles(folder.Path, "*.part"));
    }

    [Theory]
    [InlineData("../secret.eml")]
    [InlineData("")]
    [InlineData("20260302T080507123Z-00000009.eml")]
    [InlineData("20260302T080507123Z-0000000\0.eml")]
    [InlineData("/etc/passwd/padding/padding/padd.eml")]
    public async Task A_name_that_is_no_message_reads_as_nothing(string name)
    {
        await Transport().SendAsync(Plain);
        Assert.Null(reader.Read(name));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_temporary_and_the_probe_says_so()
    {
        var path = folder.File("mail");
        var transport = new EmlFolderTransport(path, "policy@trust.example", "");
        Assert.Null(await transport.ProbeAsync());
        Assert.Empty(Directory.GetFiles(path));
        Directory.Delete(path);
        await File.WriteAllTextAsync(path, "a file where the folder was");
        Assert.NotNull(await transport.ProbeAsync());
        await Assert.ThrowsAsync<MailUnavailableException>(() => transport.SendAsync(Plain));
    }

    [Fact]
    public void No_folder_is_no_messages() => Assert.Empty(new EmlFolder(folder.File("nowhere")).List());
}
