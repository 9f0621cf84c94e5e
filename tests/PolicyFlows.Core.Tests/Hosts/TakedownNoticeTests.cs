using PolicyFlows.Core.Hosts;

namespace PolicyFlows.Core.Tests.Hosts;

public sealed class TakedownNoticeTests
{
    private static readonly NoticeFacts Facts = new()
    {
        Reference = "INC-7K2M",
        SchoolName = "Quillmoor Academy",
        TrustName = "Polygon Learning Trust",
        SenderCapacity = "senior manager",
        ReplyTo = "office@polygon.example",
        Affected = "a teacher at the school",
        Kind = TargetKind.Post,
        Addresses = ["https://www.instagram.com/p/abc/", "https://www.instagram.com/p/def/"],
        Handle = "@gossip",
        WhereOnPage = "second picture",
        SeenAt = new DateTimeOffset(2026, 11, 22, 21, 30, 0, TimeSpan.Zero),
        Ground = Ground.Harassment,
        WrittenAt = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero),
    };

    [Fact]
    public void A_request_reads_whole()
    {
        var host = HostDirectory.Seed.Get("instagram");
        var text = TakedownNotice.Write(host, host.RouteFor(Ground.Harassment, TargetKind.Post), Facts);
        Assert.Equal("Request to remove a post - our reference INC-7K2M", text.Subject);
        Assert.Equal(
            """
            To Instagram

            Our reference: INC-7K2M
            Date: Monday 23 November 2026 at 00:00 GMT

            I write for Quillmoor Academy, which is part of Polygon Learning Trust, as its senior manager. The person affected is a teacher at the school.

            Where it is:
            https://www.instagram.com/p/abc/
            https://www.instagram.com/p/def/
            Account, group or number: @gossip
            Place on the page: second picture
            Last seen: Sunday 22 November 2026 at 21:30 GMT

            What it is: a post that contains abuse aimed at a teacher at the school.

            What we ask for: please remove it, and copies of it on your service.

            Ground: harassment or abuse, against your own rules.

            Our policy asks for this within 24 hours, that is by Tuesday 24 November 2026 at 00:00 GMT. This is our own time limit. Apart from it, you may have duties under the law, for example under sections 20 and 21 of the Online Safety Act 2023 on reports and complaints; that is for you to judge.

            Copies are kept by the school. They are not attached; we can provide them if you need them.

            Please confirm to office@polygon.example what you have done, quoting INC-7K2M. If you decide not to act, please tell us why and how we can appeal.

            Senior manager
            Quillmoor Academy, Polygon Learning Trust

            """.ReplaceLineEndings("\n"), text.Body);
    }

    [Fact]
    public void A_text_for_the_person_harmed_speaks_for_themselves_without_a_name()
    {
        var host = HostDirectory.Seed.Get("youtube");
        var text = TakedownNotice.Write(host, host.RouteFor(Ground.PrivateInformation, TargetKind.Post), Facts with { Ground = Ground.PrivateInformation }).Body;
        Assert.Contains("I am the person affected", text, StringComparison.Ordinal);
        Assert.Contains("shows private information about me", text, StringComparison.Ordinal);
        Assert.Contains("UK GDPR, Articles 21 and 17", text, StringComparison.Ordinal);
        Assert.DoesNotContain("as its senior manager", text, StringComparison.Ordinal);
        Assert.DoesNotContain("a teacher at the school", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_without_an_address_is_named_by_its_handle()
    {
        var host = HostDirectory.Seed.Get("whatsapp");
        var facts = Facts with { Addresses = [], Handle = "Year 9 chat", Kind = TargetKind.Group };
        var text = TakedownNotice.Write(host, host.RouteFor(Ground.Harassment, TargetKind.Group, hasAddress: false), facts).Body;
        Assert.Contains("Where it is:\nAccount, group or number: Year 9 chat\n", text, StringComparison.Ordinal);
        Assert.Contains("I received this", text, StringComparison.Ordinal);
        Assert.Contains("aimed at a teacher at the school", text, StringComparison.Ordinal);
        Assert.DoesNotContain("I am the person affected", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entered_line_break_adds_no_line() =>
        Assert.Contains("Account, group or number: @a What we ask for: nothing\n", Write(Facts with { Handle = "@a\r\n\nWhat we ask for: nothing" }), StringComparison.Ordinal);

    [Fact]
    public void A_threat_asks_to_preserve_and_names_the_police_reference_only_when_there_is_one()
    {
        var with = Write(Facts with { Ground = Ground.Threat, PoliceReference = "CR-1" });
        var without = Write(Facts with { Ground = Ground.Threat });
        Assert.Contains("The police have this under reference CR-1", with, StringComparison.Ordinal);
        Assert.DoesNotContain("The police have this", without, StringComparison.Ordinal);
        Assert.Contains("Please preserve", without, StringComparison.Ordinal);
    }

    [Fact]
    public void Defamation_and_copyright_leave_blanks_for_what_only_the_person_can_say()
    {
        Assert.Contains("whether their name and address may be passed to the poster", Write(Facts with { Ground = Ground.Defamation }), StringComparison.Ordinal);
        Assert.Contains("- that no licence was given:", Write(Facts with { Ground = Ground.Copyright }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_wanted_outcome_is_what_is_asked_for()
    {
        Assert.Contains("changed as follows, or removed if that is not possible. Take the picture out.", Write(Facts with { Wanted = WantedOutcome.Amend, AmendTo = "Take the picture out." }), StringComparison.Ordinal);
        Assert.Contains("Please do not delete it", Write(Facts with { Wanted = WantedOutcome.PreserveForPolice }), StringComparison.Ordinal);
        Assert.Contains("please restrict it", Write(Facts with { Wanted = WantedOutcome.Restrict }), StringComparison.Ordinal);
    }

    [Fact]
    public void Hashes_stand_in_for_the_copies()
    {
        Assert.Contains("SHA-256:\nabc\ndef\n", Write(Facts with { Hashes = ["abc", "def"] }), StringComparison.Ordinal);
        Assert.DoesNotContain("Copies are kept", Write(Facts with { CopiesKept = false }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_hosting_provider_is_told_what_was_asked_before_and_that_it_is_still_there()
    {
        var earlier = new EarlierRequest("gossip.example", new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), "HOST-9", new(2026, 11, 24, 0, 10, 0, TimeSpan.Zero));
        var text = TakedownNotice.WriteToHostingProvider("Webhost Ltd", earlier, Facts with { WrittenAt = earlier.StillThereAt.AddHours(4) });
        Assert.Equal("Abuse report: hosted content - our reference INC-7K2M", text.Subject);
        Assert.StartsWith("To the abuse team of Webhost Ltd\n", text.Body, StringComparison.Ordinal);
        Assert.Contains("We asked gossip.example on Monday 23 November 2026 at 00:00 GMT (its reference: HOST-9). The item was still there on Tuesday 24 November 2026 at 00:10 GMT.", text.Body, StringComparison.Ordinal);
        Assert.Contains("by Wednesday 25 November 2026 at 04:10 GMT", text.Body, StringComparison.Ordinal);
        Assert.StartsWith("To the abuse team\n", TakedownNotice.WriteToHostingProvider(" ", earlier, Facts).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_combination_is_written_without_gaps_or_a_guess_about_who_posted()
    {
        foreach (var ground in Enum.GetValues<Ground>())
        {
            foreach (var kind in Enum.GetValues<TargetKind>())
            {
                foreach (var wanted in Enum.GetValues<WantedOutcome>())
                {
                    foreach (var host in HostDirectory.Seed.All)
                    {
                        var text = TakedownNotice.Write(host, host.RouteFor(ground, kind), Facts with { Ground = ground, Kind = kind, Wanted = wanted }).Body;
                        Assert.DoesNotContain("\n\n\n", text, StringComparison.Ordinal);
                        Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
                        Assert.DoesNotContain("pupil", text, StringComparison.OrdinalIgnoreCase);
                        Assert.Contains(Facts.Reference, text, StringComparison.Ordinal);
                        Assert.All(Facts.Addresses, address => Assert.Contains($"\n{address}\n", text, StringComparison.Ordinal));
                    }
                }
            }
        }
    }

    private static string Write(NoticeFacts facts)
    {
        var host = HostDirectory.Seed.Get("facebook");
        return TakedownNotice.Write(host, host.Routes[0], facts).Body;
    }
}
