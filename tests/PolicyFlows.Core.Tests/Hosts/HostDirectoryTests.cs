using PolicyFlows.Core.Hosts;

namespace PolicyFlows.Core.Tests.Hosts;

public sealed class HostDirectoryTests
{
    private static readonly HostDirectory Hosts = HostDirectory.Seed;

    [Fact]
    public void The_data_has_every_host_of_the_register() =>
        Assert.Equal(
            ["facebook", "instagram", "x", "youtube", "linkedin", "flickr", "wordpress", "blogger", "tiktok", "snapchat", "whatsapp", "discord", "reddit", "twitch", "google-search", "myspace", "google-plus", "unknown"],
            Hosts.All.Select(host => host.Id));

    [Theory]
    [InlineData("https://www.facebook.com/a/posts/1", "facebook")]
    [InlineData("https://fb.me/x", "facebook")]
    [InlineData("https://youtu.be/x", "youtube")]
    [InlineData("https://m.youtube.com/watch?v=x", "youtube")]
    [InlineData("https://t.co/x", "x")]
    [InlineData("https://twitter.com/u/status/1", "x")]
    [InlineData("https://redd.it/x", "reddit")]
    [InlineData("https://vm.tiktok.com/x", "tiktok")]
    [InlineData("https://someone.blogspot.com/2026/x", "blogger")]
    [InlineData("https://plus.google.com/1", "google-plus")]
    [InlineData("https://www.google.co.uk/search?q=x", "google-search")]
    [InlineData("https://sites.google.com/x", "unknown")]
    [InlineData("https://notfacebook.com/x", "unknown")]
    [InlineData("https://facebook.com.evil.example/x", "unknown")]
    [InlineData("https://netflix.com/x", "unknown")]
    [InlineData("https://example.org/facebook.com", "unknown")]
    [InlineData("http://203.0.113.7/", "unknown")]
    public void An_address_finds_its_host_by_the_end_of_its_name(string url, string id) =>
        Assert.Equal(id, Hosts.Match(TargetAddress.Normalise(url).Address!).Id);

    [Theory]
    [InlineData("Twitter", "x")]
    [InlineData(" x ", "x")]
    [InlineData("insta", "instagram")]
    [InlineData("WHATSAPP", "whatsapp")]
    [InlineData("Google+", "google-plus")]
    [InlineData("Friendster", "unknown")]
    [InlineData("", "unknown")]
    [InlineData(null, "unknown")]
    public void A_platform_finds_its_host_by_name_or_former_name(string? name, string id) =>
        Assert.Equal(id, Hosts.MatchName(name).Id);

    [Fact]
    public void An_address_counts_before_a_name_and_a_handle_alone_is_enough()
    {
        var video = TargetAddress.Normalise("https://youtu.be/x").Address;
        var own = TargetAddress.Normalise("https://gossip.example/x").Address;
        Assert.Equal("youtube", Hosts.Match(video, "Instagram").Id);
        Assert.Equal("instagram", Hosts.Match(null, "Instagram").Id);
        Assert.Equal("unknown", Hosts.Match(own, null).Id);
    }

    [Theory]
    [InlineData("youtube", Ground.PrivateInformation, TargetKind.Post, true, Filer.Victim)]
    [InlineData("youtube", Ground.Harassment, TargetKind.Post, true, Filer.Any)]
    [InlineData("instagram", Ground.Impersonation, TargetKind.Account, true, Filer.Victim)]
    [InlineData("x", Ground.Impersonation, TargetKind.Account, true, Filer.Authorised)]
    [InlineData("snapchat", Ground.Threat, TargetKind.Post, false, Filer.Any)]
    [InlineData("whatsapp", Ground.Harassment, TargetKind.Group, false, Filer.Recipient)]
    [InlineData("discord", Ground.Harassment, TargetKind.Message, true, Filer.Recipient)]
    [InlineData("facebook", Ground.Harassment, TargetKind.Group, true, Filer.Any)]
    [InlineData("unknown", Ground.Harassment, TargetKind.Group, false, Filer.Recipient)]
    [InlineData("unknown", Ground.Harassment, TargetKind.Call, false, Filer.Recipient)]
    [InlineData("unknown", Ground.Other, TargetKind.Page, true, Filer.Any)]
    [InlineData("google-plus", Ground.Other, TargetKind.Page, true, Filer.Any)]
    [InlineData("wordpress", Ground.Defamation, TargetKind.Page, true, Filer.Victim)]
    public void The_route_says_who_may_file(string id, Ground ground, TargetKind kind, bool hasAddress, Filer filer) =>
        Assert.Equal(filer, Hosts.Get(id).RouteFor(ground, kind, hasAddress).Filer);

    [Fact]
    public void Every_host_has_a_route_for_every_ground_and_kind()
    {
        foreach (var host in Hosts.All)
        {
            foreach (var ground in Enum.GetValues<Ground>())
            {
                foreach (var kind in Enum.GetValues<TargetKind>())
                {
                    var route = host.RouteFor(ground, kind);
                    Assert.NotEmpty(route.RequiredFields);
                }
            }
        }
    }

    [Fact]
    public void No_route_claims_to_have_been_checked_and_every_address_is_https()
    {
        foreach (var route in Hosts.All.SelectMany(host => host.Routes))
        {
            Assert.Null(route.LastCheckedOn);
            Assert.True(route.Url is null || route.Url.StartsWith("https://", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_route_needs_a_check_until_somebody_opened_it_and_again_after_a_year()
    {
        var every = TimeSpan.FromDays(365);
        var route = Hosts.Get("x").Routes[0];
        Assert.True(route.NeedsCheck(new DateOnly(2026, 11, 23), every));
        Assert.False((route with { LastCheckedOn = new DateOnly(2025, 11, 23) }).NeedsCheck(new DateOnly(2026, 11, 23), every));
        Assert.True((route with { LastCheckedOn = new DateOnly(2025, 11, 22) }).NeedsCheck(new DateOnly(2026, 11, 23), every));
    }

    [Fact]
    public void An_id_that_is_gone_is_the_unknown_host() => Assert.Same(Hosts.Unknown, Hosts.Get("gone"));

    [Fact]
    public void Two_hosts_with_one_domain_or_name_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new HostDirectory([Hosts.Unknown, new Host { Id = "a", Name = "A", Domains = ["a.example"] }, new Host { Id = "b", Name = "B", Domains = ["A.example"] }]));
        Assert.Throws<ArgumentException>(() => new HostDirectory([Hosts.Unknown, new Host { Id = "a", Name = "A" }, new Host { Id = "b", Name = "a" }]));
        Assert.Throws<ArgumentException>(() => new HostDirectory([new Host { Id = "a", Name = "A" }]));
    }
}
