using PolicyFlows.Core.Hosts;

namespace PolicyFlows.Core.Tests.Hosts;

public sealed class TargetAddressTests
{
    [Theory]
    [InlineData("https://Example.ORG/Path?b=2&a=1", "https://example.org/Path?b=2&a=1")]
    [InlineData("example.org/page", "https://example.org/page")]
    [InlineData("example.org:8080/page", "https://example.org:8080/page")]
    [InlineData("//example.org/page", "https://example.org/page")]
    [InlineData("http://example.org:80", "http://example.org/")]
    [InlineData("https://example.org/p?utm_source=x&id=7&fbclid=abc&UTM_medium=y", "https://example.org/p?id=7")]
    [InlineData("https://example.org/p?fbclid=abc", "https://example.org/p")]
    [InlineData("https://youtu.be/abc?si=share&t=30", "https://youtu.be/abc?t=30")]
    [InlineData("https://example.org/p?si=7&s=1&t=2", "https://example.org/p?si=7&s=1&t=2")]
    [InlineData("https://x.com/u/status/1?s=20&t=abc", "https://x.com/u/status/1")]
    [InlineData("https://example.org/p#comment-4", "https://example.org/p#comment-4")]
    [InlineData("https://example.org/p#:~:text=words", "https://example.org/p")]
    [InlineData("https://example.org./p", "https://example.org/p")]
    [InlineData("https://example.org/?q=a%26utm_source%3Dz", "https://example.org/?q=a%26utm_source%3Dz")]
    [InlineData("http://203.0.113.7/x", "http://203.0.113.7/x")]
    [InlineData("http://[2001:db8::1]:8080/x", "http://[2001:db8::1]:8080/x")]
    public void The_copy_for_comparing_is_normalised_and_the_original_is_kept(string entered, string normalised)
    {
        var (address, refusal) = TargetAddress.Normalise($"  {entered}\t");
        Assert.Null(refusal);
        Assert.Equal(normalised, address!.Normalised);
        Assert.Equal(entered, address.Original);
    }

    [Fact]
    public void An_international_name_is_kept_in_both_forms()
    {
        var (address, _) = TargetAddress.Normalise("https://schüle.example/ä");
        Assert.Equal("xn--schle-mva.example", address!.HostName);
        Assert.Equal("schüle.example", address.DisplayHost);
        Assert.Equal("https://schüle.example/ä", address.Original);
        Assert.Equal("https://xn--schle-mva.example/%C3%A4", address.Normalised);
        Assert.Equal(address.Normalised, TargetAddress.Normalise("https://xn--schle-mva.example/ä").Address!.Normalised);
    }

    [Theory]
    [InlineData(null, AddressRefusal.Empty)]
    [InlineData("   ", AddressRefusal.Empty)]
    [InlineData("javascript:alert(1)", AddressRefusal.NotTheWeb)]
    [InlineData("JavaScript:alert(1)", AddressRefusal.NotTheWeb)]
    [InlineData("data:text/html,x", AddressRefusal.NotTheWeb)]
    [InlineData("file:///etc/passwd", AddressRefusal.NotTheWeb)]
    [InlineData("mailto:someone@school.example", AddressRefusal.NotTheWeb)]
    [InlineData("ftp://example.org/x", AddressRefusal.NotTheWeb)]
    [InlineData("vbscript:x", AddressRefusal.NotTheWeb)]
    [InlineData("https://user:secret@example.org/", AddressRefusal.HasCredentials)]
    [InlineData("https://www.facebook.com@evil.example/", AddressRefusal.HasCredentials)]
    [InlineData("java\nscript:alert(1)", AddressRefusal.NotAnAddress)]
    [InlineData("https://exa mple.org/", AddressRefusal.NotAnAddress)]
    [InlineData("@somebody", AddressRefusal.NotAnAddress)]
    [InlineData("somebody", AddressRefusal.NotAnAddress)]
    [InlineData("https://", AddressRefusal.NotAnAddress)]
    [InlineData("http://localhost/x", AddressRefusal.NotAnAddress)]
    public void What_is_no_web_address_is_refused_with_its_reason(string? entered, AddressRefusal refusal)
    {
        var result = TargetAddress.Normalise(entered);
        Assert.Equal(refusal, result.Refusal);
        Assert.Null(result.Address);
    }

    [Fact]
    public void An_address_of_over_2048_characters_is_refused()
    {
        Assert.NotNull(TargetAddress.Normalise("https://example.org/" + new string('a', 2028)).Address);
        Assert.Equal(AddressRefusal.TooLong, TargetAddress.Normalise("https://example.org/" + new string('a', 2029)).Refusal);
    }

    [Theory]
    [InlineData("https://example.org/p?a=1&fbclid=2")]
    [InlineData("example.org")]
    [InlineData("https://schüle.example/ä?ö=ü")]
    [InlineData("https://example.org/%7Euser/a%2Fb")]
    public void Normalising_twice_changes_nothing_more(string entered)
    {
        var once = TargetAddress.Normalise(entered).Address!.Normalised;
        Assert.Equal(once, TargetAddress.Normalise(once).Address!.Normalised);
    }
}
