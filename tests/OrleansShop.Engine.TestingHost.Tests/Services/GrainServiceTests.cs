using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Services;
using Orleans.TestingHost;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests.Services;

public sealed class GrainServiceTests
{
    private static readonly uint[] Hashes = [.. Enumerable.Range(0, 4096).Select(i => (uint)i << 20)];

    [Fact]
    public async Task Each_silo_has_an_instance_that_starts_with_it_and_together_they_share_the_ring()
    {
        var book = new LedgerBook();
        await using var cluster = await Deploy(book, silos: 3);
        await Eventually.Holds(() => IsShared(book, 3), "each hash is in one range");
        foreach (var silo in cluster.Silos)
        {
            Assert.Equal(["init Booting", "start Started", "gain"], book.NotesOf(silo.SiloAddress).Take(3));
            Assert.InRange(book.Instances[silo.SiloAddress].ShareOfRing, RangeFactory.RING_SIZE / 5, RangeFactory.RING_SIZE / 2);
            Assert.DoesNotContain("not in a turn", book.NotesOf(silo.SiloAddress));
        }

        Assert.Equal(RangeFactory.RING_SIZE, book.Instances.Values.Sum(instance => instance.ShareOfRing));
    }

    [Fact]
    public async Task A_client_calls_the_instance_whose_range_the_calling_grain_is_in_or_the_one_that_it_names()
    {
        var book = new LedgerBook();
        await using var cluster = await Deploy(book, silos: 3);
        await Eventually.Holds(() => IsShared(book, 3), "each hash is in one range");
        for (var key = 0; key < 30; key++)
        {
            var user = cluster.Client.GetGrain<ILedgerUser>(key);
            var owner = await user.Enter("x");
            Assert.True(book.Instances[owner].IsResponsibleFor(user.GetGrainId().GetUniformHashCode()));
        }

        var client = cluster.Silos[0].ServiceProvider.GetRequiredService<ILedgerClient>();
        foreach (var hash in Hashes.Where((_, i) => i % 100 == 0)) Assert.True(book.Instances[await client.WhereOf(hash)].IsResponsibleFor(hash));
        foreach (var silo in cluster.Silos) Assert.Equal(silo.SiloAddress, await client.WhereAt(silo.SiloAddress));
        var outside = await Assert.ThrowsAsync<InvalidOperationException>(() => client.Enter("x"));
        Assert.Contains("outside of a grain", outside.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_a_silo_leaves_its_instance_stops_and_the_others_take_its_range_over()
    {
        var book = new LedgerBook();
        await using var cluster = await Deploy(book, silos: 3);
        await Eventually.Holds(() => IsShared(book, 3), "each hash is in one range");
        var leaving = cluster.Silos[2];
        await cluster.StopSiloAsync(leaving);
        Assert.Equal("stop Stopped True", book.NotesOf(leaving.SiloAddress)[^1]);
        Assert.Contains("loss", book.NotesOf(leaving.SiloAddress));
        Assert.All(Hashes, hash => Assert.False(book.Instances[leaving.SiloAddress].IsResponsibleFor(hash)));
        await Eventually.Holds(() => IsShared(book, 2), "the others have its range");
        foreach (var silo in cluster.Silos.Take(2)) Assert.Equal("gain", book.NotesOf(silo.SiloAddress)[^1]);
        for (var key = 0; key < 30; key++)
        {
            var user = cluster.Client.GetGrain<ILedgerUser>(key);
            Assert.True(book.Instances[await user.Enter("x")].IsResponsibleFor(user.GetGrainId().GetUniformHashCode()));
        }
    }

    [Fact]
    public async Task When_a_silo_joins_the_others_lose_what_it_gains()
    {
        var book = new LedgerBook();
        await using var cluster = await Deploy(book, silos: 2);
        await Eventually.Holds(() => IsShared(book, 2), "each hash is in one range");
        var joined = await cluster.StartAdditionalSiloAsync();
        await Eventually.Holds(() => book.Instances.ContainsKey(joined.SiloAddress) && IsShared(book, 3), "the new silo has its share");
        Assert.Contains(cluster.Silos.Where(silo => silo != joined), silo => book.NotesOf(silo.SiloAddress)[^1] == "loss");
        Assert.Equal("gain", book.NotesOf(joined.SiloAddress)[^1]);
    }

    [Fact]
    public async Task Silos_that_do_not_have_a_service_call_those_that_do()
    {
        var book = new LedgerBook();
        var builder = new InProcessTestClusterBuilder(3);
        builder.ConfigureSilo((options, silo) =>
        {
            silo.Services.AddSingleton(book).AddSingleton<ILedgerClient, LedgerClient>();
            if (options.SiloName == "Silo_1") silo.AddGrainService<LedgerService>();
        });
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        var only = cluster.Silos.Single(silo => silo.Name == "Silo_1").SiloAddress;
        await Eventually.Holds(() => IsShared(book, 1), "it has the whole ring");
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(key => cluster.Client.GetGrain<ILedgerUser>(key).Enter("x"))), silo => Assert.Equal(only, silo));
    }

    [Fact]
    public async Task A_service_that_no_silo_has_is_named_in_the_error()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services.AddSingleton<ILedgerClient, LedgerClient>());
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        var failure = await Assert.ThrowsAsync<SiloUnavailableException>(() => cluster.Client.GetGrain<ILedgerUser>(1).Enter("x"));
        Assert.Contains(nameof(ILedgerService), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_of_a_service_interleave_only_if_its_class_says_so()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.AddGrainService<SoloService>().Services.AddSingleton<SoloClient>());
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        var client = cluster.Silos[0].ServiceProvider.GetRequiredService<SoloClient>();
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.Service.WorkAlone())), Assert.True);
        await Eventually.Holds(async () => await client.Service.Ticks() >= 2, "its timer ticks");
    }

    [Fact]
    public async Task A_service_that_fails_to_start_fails_the_start_of_its_silo()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.AddGrainService<BrokenService>());
        await using var cluster = builder.Build();
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => cluster.DeployAsync());
        Assert.Contains("no ink", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_is_no_service_or_is_not_called_by_one_interface_is_refused()
    {
        var services = new ServiceCollection();
        Assert.Throws<ArgumentException>(() => services.AddGrainService(typeof(string)));
        var failure = Assert.Throws<ArgumentException>(() => services.AddGrainService<TwoFacedService>());
        Assert.Contains(nameof(ISoloService), failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(IBrokenService), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_are_open_at_their_beginning_closed_at_their_end_and_may_go_on_at_zero()
    {
        var plain = RangeFactory.CreateRange(10, 20);
        Assert.Equal([false, true, true, false], new uint[] { 10, 11, 20, 21 }.Select(plain.InRange));
        var wrapping = RangeFactory.CreateRange(20, 10);
        Assert.Equal([true, false, false, true], new uint[] { 10, 11, 20, 21 }.Select(wrapping.InRange));
        Assert.All(new uint[] { 0, 1, uint.MaxValue }, hash => Assert.True(RangeFactory.CreateFullRange().InRange(hash)));
        var united = RangeFactory.CreateRange([plain, RangeFactory.CreateRange(30, 40)]);
        Assert.Equal([true, false, true], new uint[] { 15, 25, 35 }.Select(united.InRange));
        Assert.Equal([(10u, 20u), (30u, 40u)], RangeFactory.GetSubRanges(united).Select(piece => (piece.Begin, piece.End)));
        Assert.False(RangeFactory.CreateRange([]).InRange(5));
    }

    private static bool IsShared(LedgerBook book, int among) =>
        book.Instances.Count >= among && Hashes.All(hash => book.Instances.Values.Count(instance => instance.IsResponsibleFor(hash)) == 1)
        && book.Instances.Values.Count(instance => Hashes.Any(instance.IsResponsibleFor)) == among;

    private static async Task<InProcessTestCluster> Deploy(LedgerBook book, short silos)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) => silo.AddGrainService<LedgerService>().Services.AddSingleton(book).AddSingleton<ILedgerClient, LedgerClient>());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}

public interface ISoloService : IGrainService
{
    Task<bool> WorkAlone();

    Task<int> Ticks();
}

public interface IBrokenService : IGrainService
{
    Task Work();
}

public sealed class SoloService(GrainId id, Silo silo, ILoggerFactory loggerFactory) : GrainService(id, silo, loggerFactory), ISoloService
{
    private int _working;
    private int _ticks;

    public override Task Start()
    {
        RegisterGrainTimer(
            _ =>
            {
                _ticks++;
                return Task.CompletedTask;
            },
            TimeSpan.FromMilliseconds(10),
            TimeSpan.FromMilliseconds(10));
        return base.Start();
    }

    public async Task<bool> WorkAlone()
    {
        var isAlone = ++_working == 1;
        await Task.Yield();
        await Task.Delay(1);
        _working--;
        return isAlone;
    }

    public Task<int> Ticks() => Task.FromResult(_ticks);
}

public sealed class SoloClient(IServiceProvider services) : Orleans.Runtime.Services.GrainServiceClient<ISoloService>(services)
{
    public ISoloService Service => GetGrainService(7u);
}

public sealed class BrokenService(GrainId id, Silo silo, ILoggerFactory loggerFactory) : GrainService(id, silo, loggerFactory), IBrokenService
{
    public override Task Init(IServiceProvider serviceProvider) => throw new InvalidOperationException("no ink");

    public Task Work() => Task.CompletedTask;
}

public sealed class TwoFacedService(GrainId id, Silo silo, ILoggerFactory loggerFactory) : GrainService(id, silo, loggerFactory), ISoloService, IBrokenService
{
    public Task<bool> WorkAlone() => Task.FromResult(true);

    public Task<int> Ticks() => Task.FromResult(0);

    public Task Work() => Task.CompletedTask;
}
