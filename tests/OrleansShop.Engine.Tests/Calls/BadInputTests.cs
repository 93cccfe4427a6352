using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Core.Internal;
using Orleans.Serialization;
using Orleans.TestingHost;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Serialization;
using Xunit;

namespace OrleansShop.Engine.Tests.Calls;

/// <summary>What goes wrong in calls over the wire is told to the caller precisely, and harms nobody else.</summary>
public sealed class BadInputTests(BadInputTests.SmallMessages cluster) : IClassFixture<BadInputTests.SmallMessages>
{
    private IGrainFactory Client => cluster.Cluster.Client;

    [Fact]
    public async Task A_grain_type_that_no_silo_hosts_is_named_with_what_the_silos_host()
    {
        var stray = Client.GetGrain<ICallGrain>(GrainId.Create("nobody-hosts-this", "1"));
        var failure = await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => stray.TaskMethod());
        Assert.Contains("nobody-hosts-this", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ICallGrain.TaskMethod", failure.Message, StringComparison.Ordinal);
        await StillServes();
    }

    [Fact]
    public async Task A_method_that_the_silos_version_of_the_interface_does_not_have_is_an_error_that_says_so()
    {
        var reference = (GrainReference)(object)Client.GetGrain<ICallGrain>(1);
        var target = cluster.Cluster.Client.ServiceProvider.GetRequiredService<ReferenceFactory>().TargetOf(reference.GrainId.Type, reference.InterfaceType)!;
        var call = new CallOfANewerMethod();
        var outcome = call.Begin();
        call.Address(target, reference.GrainId.Key);
        target.Sender.Send(call);
        var failure = await Assert.ThrowsAsync<PayloadException>(() => outcome);
        Assert.Contains("has no method 0000BEEF", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ICallGrain", failure.Message, StringComparison.Ordinal);
        await StillServes();
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_not_sent_and_the_error_names_size_and_limit()
    {
        var failure = await Assert.ThrowsAsync<PayloadException>(() => Client.GetGrain<IBadInputGrain>(1).Size(new byte[300_000]));
        Assert.Contains("IBadInputGrain.Size", failure.Message, StringComparison.Ordinal);
        Assert.Contains("200000", failure.Message, StringComparison.Ordinal);
        Assert.Contains("MaxMessageBodySize", failure.Message, StringComparison.Ordinal);
        await StillServes();
    }

    [Fact]
    public async Task A_response_that_is_too_large_is_an_error_that_names_size_and_limit()
    {
        var failure = await Assert.ThrowsAsync<PayloadException>(() => Client.GetGrain<IBadInputGrain>(1).Make(300_000));
        Assert.Contains("IBadInputGrain.Make", failure.Message, StringComparison.Ordinal);
        Assert.Contains("200000", failure.Message, StringComparison.Ordinal);
        Assert.Contains("MaxMessageBodySize", failure.Message, StringComparison.Ordinal);
        await StillServes();
    }

    [Fact]
    public async Task Inside_a_silo_messages_are_not_limited()
    {
        for (var key = 0; key < 8; key++) Assert.Equal(300_000, await Client.GetGrain<IBadInputGrain>(key).SizeOfOneHere(300_000));
    }

    [Theory]
    [InlineData("ThrowingConstructorGrain")]
    [InlineData("InjectedThrowingConstructorGrain")]
    public async Task A_constructor_that_throws_fails_the_call_with_its_exception(string name)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Client.GetGrain<IBrokenLifeGrain>(1, $"OrleansShop.Engine.Tests.Calls.{name}").Answer());
        Assert.Equal("The constructor throws.", failure.Message);
        Assert.Contains(name, failure.ToString(), StringComparison.Ordinal);
        await StillServes();
    }

    [Fact]
    public async Task OnActivateAsync_that_throws_fails_the_call_with_its_exception()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Client.GetGrain<IBrokenLifeGrain>(1, "OrleansShop.Engine.Tests.Calls.ThrowingActivationGrain").Answer());
        Assert.Equal("OnActivateAsync throws.", failure.Message);
        await StillServes();
    }

    [Fact]
    public async Task OnActivateAsync_that_hangs_fails_the_call_after_the_activation_timeout_and_the_next_call_tries_again()
    {
        var grain = Client.GetGrain<IBrokenLifeGrain>(1, "OrleansShop.Engine.Tests.Calls.HangingActivationGrain");
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var failure = await Assert.ThrowsAsync<TimeoutException>(() => grain.Answer());
            Assert.Contains("GrainCollectionOptions.ActivationTimeout", failure.Message, StringComparison.Ordinal);
            Assert.Contains("hangingactivation/1", failure.Message, StringComparison.Ordinal);
        }

        await StillServes();
    }

    [Theory]
    [InlineData("Throwing")]
    [InlineData("Hanging")]
    public async Task OnDeactivateAsync_that_throws_or_hangs_does_not_keep_the_grain_from_its_next_activation(string kind)
    {
        var grain = Client.GetGrain<IBrokenLifeGrain>(1, $"OrleansShop.Engine.Tests.Calls.{kind}DeactivationGrain");
        var first = await grain.Answer();
        await grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        await Eventually.Holds(async () => await grain.Answer() != first, "a new activation answers");
        await StillServes();
    }

    [Fact]
    public async Task A_serializer_that_throws_while_a_request_is_written_fails_that_call_only()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Client.GetGrain<IBadInputGrain>(1).Take("before", new Touchy("write"), "after"));
        Assert.Contains("Touchy cannot be written", failure.ToString(), StringComparison.Ordinal);
        await StillServes();
    }

    [Fact]
    public async Task A_serializer_that_throws_while_a_request_is_read_fails_that_call_only()
    {
        var failure = await Assert.ThrowsAsync<PayloadException>(() => Client.GetGrain<IBadInputGrain>(1).Take("before", new Touchy("read"), "after"));
        Assert.Contains("of badinput/1 cannot be read", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Touchy cannot be read", failure.Message, StringComparison.Ordinal);
        await StillServes();
    }

    [Fact]
    public async Task A_serializer_that_throws_while_a_response_is_written_fails_that_call_only()
    {
        var failure = await Assert.ThrowsAsync<PayloadException>(() => Client.GetGrain<IBadInputGrain>(1).Give("write"));
        Assert.Contains("answer to IBadInputGrain.Give on badinput/1 cannot be sent", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Touchy cannot be written", failure.Message, StringComparison.Ordinal);
        await StillServes();
    }

    [Fact]
    public async Task A_serializer_that_throws_while_a_response_is_read_fails_that_call_only()
    {
        var failure = await Assert.ThrowsAsync<PayloadException>(() => Client.GetGrain<IBadInputGrain>(1).Give("read"));
        Assert.Contains("answer to IBadInputGrain.Give on badinput/1 cannot be read", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Touchy cannot be read", failure.Message, StringComparison.Ordinal);
        await StillServes();
    }

    [Fact]
    public async Task An_exception_that_cannot_be_written_arrives_without_its_own_members()
    {
        var failure = await Assert.ThrowsAsync<TouchyException>(() => Client.GetGrain<IBadInputGrain>(1).ThrowTouchy("write"));
        Assert.Null(failure.Part);
        Assert.Contains("cannot be sent: Touchy cannot be written", failure.Message, StringComparison.Ordinal);
        Assert.Contains("thrown with a touchy part", failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(IBadInputGrain.ThrowTouchy), failure.ToString(), StringComparison.Ordinal);
        await StillServes();
    }

    [Fact]
    public async Task An_exception_that_cannot_be_read_is_an_error_that_names_the_call()
    {
        var failure = await Assert.ThrowsAsync<PayloadException>(() => Client.GetGrain<IBadInputGrain>(1).ThrowTouchy("read"));
        Assert.Contains("IBadInputGrain.ThrowTouchy", failure.Message, StringComparison.Ordinal);
        await StillServes();
    }

    [Fact]
    public async Task An_exception_of_a_type_that_cannot_be_made_here_arrives_as_one_that_names_it()
    {
        var failure = await Assert.ThrowsAsync<UnavailableExceptionFallbackException>(() => Client.GetGrain<IBadInputGrain>(1).ThrowGeneric());
        Assert.Contains("GenericException", failure.ExceptionType, StringComparison.Ordinal);
        Assert.Equal("of a generic type", failure.Message);
        await StillServes();
    }

    [Fact]
    public async Task A_result_of_a_type_that_only_the_silo_can_serialize_is_an_error_that_names_it()
    {
        var failure = await Assert.ThrowsAsync<PayloadException>(() => Client.GetGrain<IBadInputGrain>(1).GiveWhatOnlySilosKnow());
        Assert.Contains(nameof(KnownToSilosOnly), failure.Message, StringComparison.Ordinal);
        await StillServes();
    }

    [Fact]
    public async Task An_extension_that_is_not_installed_is_named()
    {
        var failure = await Assert.ThrowsAsync<GrainExtensionNotInstalledException>(() => Client.GetGrain<IBadInputGrain>(1).AsReference<ITallyExtension>().Count());
        Assert.Contains(nameof(ITallyExtension), failure.Message, StringComparison.Ordinal);
        Assert.Contains("badinput/1", failure.Message, StringComparison.Ordinal);
        await StillServes();
    }

    // Both silos answer, the grain that was called among them.
    private async Task StillServes()
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(key => Client.GetGrain<IBadInputGrain>(key).Size([1, 2, 3])));
        Assert.All(answers, size => Assert.Equal(3, size));
        Assert.All(cluster.Cluster.Silos, silo => Assert.True(silo.IsActive));
    }

    public sealed class SmallMessages : IAsyncLifetime
    {
        public InProcessTestCluster Cluster { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var builder = new InProcessTestClusterBuilder(2);
            builder.ConfigureSilo((_, silo) =>
            {
                silo.Configure<SiloMessagingOptions>(options => options.MaxMessageBodySize = 200_000);
                silo.Configure<GrainCollectionOptions>(options => options.ActivationTimeout = options.DeactivationTimeout = TimeSpan.FromMilliseconds(500));
                silo.Services.AddSerializer(serializer => serializer.AddJsonSerializer(type => type == typeof(KnownToSilosOnly)));
            });
            builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(options => options.MaxMessageBodySize = 200_000));
            Cluster = builder.Build();
            await Cluster.DeployAsync();
        }

        public async ValueTask DisposeAsync() => await Cluster.DisposeAsync();
    }

    private sealed class CallOfANewerMethod : VoidGrainCall
    {
        private static readonly GrainMethod s_method = new(typeof(ICallGrain), "AddedLater", 0xBEEF, GrainMethodTraits.None, responseTimeout: null, parameterTypes: []);

        public override GrainMethod Method => s_method;

        public override void WriteArguments(PayloadWriter writer)
        {
        }

        public override void ReadArguments(PayloadReader reader)
        {
        }

        public override void CopyArguments(CopyContext context)
        {
        }

        protected override ValueTask Invoke(object target) => default;
    }
}

public interface IBadInputGrain : IGrainWithIntegerKey
{
    Task<int> Size(byte[] bytes);

    Task<byte[]> Make(int size);

    Task<int> SizeOfOneHere(int size);

    Task Take(string before, Touchy touchy, string after);

    Task<Touchy> Give(string failsAt);

    Task ThrowTouchy(string failsAt);

    Task ThrowGeneric();

    Task<object> GiveWhatOnlySilosKnow();
}

internal sealed class BadInputGrain : Grain, IBadInputGrain
{
    public Task<int> Size(byte[] bytes) => Task.FromResult(bytes.Length);

    public Task<byte[]> Make(int size) => Task.FromResult(new byte[size]);

    // A stateless worker is always on the caller's silo.
    public async Task<int> SizeOfOneHere(int size) => (await GrainFactory.GetGrain<INearGrain>(0).Echo(new byte[size])).Length;

    public Task Take(string before, Touchy touchy, string after) => Task.CompletedTask;

    public Task<Touchy> Give(string failsAt) => Task.FromResult(new Touchy(failsAt));

    public Task ThrowTouchy(string failsAt) => throw new TouchyException("thrown with a touchy part") { Part = new Touchy(failsAt) };

    public Task ThrowGeneric() => throw new GenericException<int>("of a generic type");

    public Task<object> GiveWhatOnlySilosKnow() => Task.FromResult<object>(new KnownToSilosOnly { Text = "text" });
}

public interface INearGrain : IGrainWithIntegerKey
{
    Task<byte[]> Echo(byte[] bytes);
}

[Orleans.Concurrency.StatelessWorker]
internal sealed class NearGrain : Grain, INearGrain
{
    public Task<byte[]> Echo(byte[] bytes) => Task.FromResult(bytes);
}

/// <summary>A type whose converter throws on demand.</summary>
public sealed class Touchy(string failsAt)
{
    public string FailsAt => failsAt;
}

[GenerateSerializer]
public struct TouchySurrogate
{
    [Id(0)] public string FailsAt { get; set; }
}

[RegisterConverter]
public sealed class TouchyConverter : IConverter<Touchy, TouchySurrogate>
{
    public Touchy ConvertFromSurrogate(in TouchySurrogate surrogate) => surrogate.FailsAt == "read" ? throw new NotSupportedException("Touchy cannot be read.") : new Touchy(surrogate.FailsAt);

    public TouchySurrogate ConvertToSurrogate(in Touchy value) => value.FailsAt == "write" ? throw new NotSupportedException("Touchy cannot be written.") : new TouchySurrogate { FailsAt = value.FailsAt };
}

[GenerateSerializer]
public sealed class TouchyException(string message) : Exception(message)
{
    [Id(0)]
    public Touchy? Part { get; set; }
}

public sealed class GenericException<T>(string message) : Exception(message);

public sealed class KnownToSilosOnly
{
    public string Text { get; set; } = "";
}

public interface IBrokenLifeGrain : IGrainWithIntegerKey
{
    Task<string> Answer();
}

internal abstract class BrokenLifeGrain : Grain, IBrokenLifeGrain
{
    public Task<string> Answer() => Task.FromResult(GrainContext.ActivationId.ToString());
}

internal sealed class ThrowingConstructorGrain : BrokenLifeGrain
{
    public ThrowingConstructorGrain() => throw new InvalidOperationException("The constructor throws.");
}

internal sealed class InjectedThrowingConstructorGrain : BrokenLifeGrain
{
    public InjectedThrowingConstructorGrain(IGrainContext context) => throw new InvalidOperationException("The constructor throws.");
}

internal sealed class ThrowingActivationGrain : BrokenLifeGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("OnActivateAsync throws.");
}

internal sealed class HangingActivationGrain : BrokenLifeGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task;
}

internal sealed class ThrowingDeactivationGrain : BrokenLifeGrain
{
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => throw new InvalidOperationException("OnDeactivateAsync throws.");
}

internal sealed class HangingDeactivationGrain : BrokenLifeGrain
{
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => new TaskCompletionSource().Task;
}
