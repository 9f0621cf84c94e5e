using System.Xml.Linq;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Azurite.Tests.Support;
using PolicyFlows.Storage.Blobs.Keys;

namespace PolicyFlows.Azurite.Tests.Keys;

/// <summary>The keys that all workers share.</summary>
public sealed class BlobKeyRingTests(AzuriteServer azurite)
{
    private static readonly XElement Key = XElement.Parse("<key id=\"1\">secret &amp; words</key>");

    [Fact]
    public void What_one_worker_stores_another_reads()
    {
        var container = Container();
        new BlobKeyRing(container, Never).StoreElement(Key, "key-1");
        new BlobKeyRing(container, Never).StoreElement(XElement.Parse("<key id=\"2\" />"), "key-2");
        Assert.Equal([Key.ToString(), "<key id=\"2\" />"], new BlobKeyRing(container, Never).GetAllElements().Select(e => e.ToString()));
    }

    [Fact]
    public void A_key_is_never_overwritten_and_storing_it_again_is_no_error()
    {
        var ring = new BlobKeyRing(Container(), Never);
        ring.StoreElement(Key, "key-1");
        ring.StoreElement(Key, "key-1");
        Assert.Throws<Azure.RequestFailedException>(() => ring.StoreElement(XElement.Parse("<key id=\"2\" />"), "key-1"));
        Assert.Equal(Key.ToString(), Assert.Single(ring.GetAllElements()).ToString());
    }

    [Fact]
    public void The_second_of_two_first_workers_waits_for_the_first_ones_key()
    {
        var container = Container();
        var first = new BlobKeyRing(container, Never);
        Assert.Empty(first.GetAllElements());
        var pauses = 0;
        var second = new BlobKeyRing(container, _ =>
        {
            if (++pauses == 3) first.StoreElement(Key, "key-1");
        });
        Assert.Equal(Key.ToString(), Assert.Single(second.GetAllElements()).ToString());
        Assert.Equal(3, pauses);
        Assert.Single(new BlobKeyRing(container, Never).GetAllElements());
    }

    [Fact]
    public void A_first_worker_that_died_is_not_waited_for_for_ever()
    {
        var container = Container();
        new BlobKeyRing(container, Never).GetAllElements();
        var waited = TimeSpan.Zero;
        Assert.Empty(new BlobKeyRing(container, pause => waited += pause).GetAllElements());
        Assert.Equal(TimeSpan.FromSeconds(10), waited);
    }

    [Fact]
    public async Task Workers_that_start_together_share_one_key()
    {
        var container = Container();
        var cookies = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => Protector(container).Protect($"visitor {i}"))));
        Assert.Single(container.GetBlobs(), blob => blob.Name.EndsWith(".xml", StringComparison.Ordinal));
        var any = Protector(container);
        Assert.Equal(["visitor 0", "visitor 1", "visitor 2", "visitor 3"], cookies.Select(any.Unprotect));
    }

    private static IDataProtector Protector(BlobContainerClient container)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("PolicyFlows");
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new BlobKeyRing(container));
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
    }

    private static void Never(TimeSpan pause) => Assert.Fail("There was nothing to wait for.");

    private BlobContainerClient Container() => new BlobServiceClient(azurite.TakeAccount()).GetBlobContainerClient(BlobKeyRing.ContainerName);
}
