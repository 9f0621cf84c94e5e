using System.Security.Cryptography;
using System.Text;
using PolicyFlows.Core.Tests.Cases;
using PolicyFlows.Mail.SendGrid;

namespace PolicyFlows.Core.Tests.Mail.SendGrid;

public sealed class EventSignatureTests : IDisposable
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("[{\"event\":\"bounce\",\r\n \"reason\":\"été\"}]\r\n");
    private readonly SignedEvents service = new();
    private readonly Clock clock = new(new(2026, 10, 5, 9, 0, 0, TimeSpan.Zero));
    private readonly string now;

    public EventSignatureTests() => now = At(TimeSpan.Zero);

    [Fact]
    public void What_the_service_signed_holds() => Assert.True(Signature().Holds(service.Sign(now, Body), now, Body));

    [Fact]
    public void An_empty_body_can_be_signed() => Assert.True(Signature().Holds(service.Sign(now, []), now, []));

    [Fact]
    public void One_bit_of_the_body_flipped_anywhere_breaks_it()
    {
        var signed = service.Sign(now, Body);
        for (var bit = 0; bit < Body.Length * 8; bit += 7) Assert.False(Signature().Holds(signed, now, Flip(Body, bit)));
    }

    [Fact]
    public void One_bit_of_the_signature_flipped_anywhere_breaks_it()
    {
        var signed = Convert.FromBase64String(service.Sign(now, Body));
        for (var bit = 0; bit < signed.Length * 8; bit++) Assert.False(Signature().Holds(Convert.ToBase64String(Flip(signed, bit)), now, Body));
    }

    [Fact]
    public void Another_timestamp_breaks_it_also_one_that_is_as_fresh()
    {
        var signed = service.Sign(now, Body);
        for (var seconds = -4; seconds <= 4; seconds++) Assert.Equal(seconds == 0, Signature().Holds(signed, At(TimeSpan.FromSeconds(seconds)), Body));
        Assert.False(Signature().Holds(signed, now[..^1], Encoding.ASCII.GetBytes(now[^1..]).Concat(Body).ToArray()));
    }

    [Theory]
    [InlineData(-600, true)]
    [InlineData(-601, false)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-86_400, false)]
    public void A_stale_request_is_refused_and_one_from_far_ahead_too(int seconds, bool holds)
    {
        var timestamp = At(TimeSpan.FromSeconds(seconds));
        Assert.Equal(holds, Signature().Holds(service.Sign(timestamp, Body), timestamp, Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1791190800")]
    [InlineData("+1791190800")]
    [InlineData("-1")]
    [InlineData("1791190800.5")]
    [InlineData("1e9")]
    [InlineData("99999999999999999999")]
    [InlineData("١٧٩١")]
    public void A_timestamp_that_is_no_plain_number_is_refused_whatever_is_signed(string timestamp) =>
        Assert.False(Signature().Holds(service.Sign(timestamp, Body), timestamp, Body));

    [Theory]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("no base64 at all")]
    [InlineData("AAAA")]
    [InlineData("MAA=")]
    public void A_signature_that_is_none_is_refused(string signature) => Assert.False(Signature().Holds(signature, now, Body));

    [Fact]
    public void A_long_signature_another_form_of_one_and_another_key_are_refused()
    {
        using var other = new SignedEvents();
        Assert.False(Signature().Holds(new string('A', 100_000), now, Body));
        Assert.False(Signature().Holds(service.Sign(now, Body, DSASignatureFormat.IeeeP1363FixedFieldConcatenation), now, Body));
        Assert.False(Signature().Holds(other.Sign(now, Body), now, Body));
    }

    [Fact]
    public void Eight_threads_at_once_get_the_same_answer()
    {
        var signature = Signature();
        var signed = service.Sign(now, Body);
        var answers = new bool[64];
        Parallel.For(0, answers.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => answers[i] = signature.Holds(signed, now, i % 2 == 0 ? Body : Flip(Body, i)));
        Assert.Equal(Enumerable.Range(0, 64).Select(i => i % 2 == 0), answers);
    }

    [Fact]
    public void Only_a_public_key_on_P256_is_taken()
    {
        using var wide = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        foreach (var wrong in new[] { "", "nonsense", "AAAA", Convert.ToBase64String(wide.ExportSubjectPublicKeyInfo()), Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()) })
            Assert.Throws<ArgumentException>(() => new EventSignature(wrong, clock));
    }

    public void Dispose() => service.Dispose();

    private EventSignature Signature() => new(service.PublicKey, clock);

    private string At(TimeSpan from) => (clock.Now + from).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static byte[] Flip(byte[] bytes, int bit)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
