using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.TestingHost;
using OrleansShop.Engine.Serialization;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization.Fuzzing;

/// <summary>
/// Whatever the bytes are, the outcome is a value or a <see cref="PayloadException"/>, and no more memory than the stated bound is allocated:
/// <see cref="BytesPerByte"/> for each byte of the payload and <see cref="FreeBytes"/>. Types of applications add the size of their objects.
/// </summary>
public sealed class DamagedPayloadTests
{
    /// <summary>The bound that <c>docs/engine/serialization.md</c> states.</summary>
    private const int BytesPerByte = 512;

    /// <summary>What one payload may allocate however small it is: the exception, and what a pool hands out.</summary>
    private const int FreeBytes = 256 * 1024;

    private const int RoundsPerValue = 400;

    [Fact]
    public async Task Damaged_payloads_of_all_shapes_end_in_a_value_or_a_payload_exception_within_the_bound()
    {
        var builder = new InProcessTestClusterBuilder(1);
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        var services = cluster.Silos[0].ServiceProvider;
        var serializer = services.GetRequiredService<Serializer>();
        var grain = services.GetRequiredService<IGrainFactory>().GetGrain<IFuzzedGrain>("key");
        var values = Corpus.Values(grain, new List<object> { grain, grain });
        var random = FuzzRounds.NewRandom();

        for (var index = 0; index < values.Length; index++)
        {
            var bytes = serializer.SerializeToArray(values[index]);
            Assert.NotNull(serializer.Deserialize<object>(bytes));
            for (var round = 0; round < RoundsPerValue * FuzzRounds.Factor; round++)
            {
                Read(serializer, Mutations.Apply(bytes, random), $"{values[index].GetType()}, round {round}, seed {FuzzRounds.Seed}");
            }
        }
    }

    [Fact]
    public void Damaged_payloads_of_many_values_end_in_a_value_or_a_payload_exception_within_the_bound()
    {
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();
        var bytes = serializer.SerializeToArray(Corpus.Values());
        var random = FuzzRounds.NewRandom();

        for (var round = 0; round < 5_000 * FuzzRounds.Factor; round++)
        {
            Read(serializer, Mutations.Apply(bytes, random), $"all, round {round}, seed {FuzzRounds.Seed}");
        }
    }

    [Fact]
    public void Every_truncation_of_every_shape_is_refused()
    {
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();
        foreach (var value in Corpus.Values())
        {
            var bytes = serializer.SerializeToArray(value);
            for (var length = 0; length < bytes.Length; length++)
            {
                var cut = bytes[..length];
                Assert.Throws<PayloadException>(() => serializer.Deserialize<object>(cut));
            }
        }
    }

    /// <summary>The smallest elements that make the largest objects.</summary>
    public static TheoryData<string, byte[]> Smallest => new()
    {
        { typeof(List<Node>).Name, [0xA2, 0xE0] },
        { "Exception", [0xA2, 0xE0] },
        { "ConcurrentQueue`1[int]", [0xA2, 0x01, 0x00, 0xE0] },
        { "ConcurrentDictionary`2[int,int]", [0xA2, 0x01, 0x00, 0xE0] },
        { "Dictionary`2[int,int]", [0xA2, 0x01, 0x01, 0xE0] },
        { "HashSet`1[Guid]", [0xA2, 0x01, 0x01, 0xE0] },
        { "ObservableCollection`1[int]", [0xA2, 0x01, 0x00, 0xE0] },
        { "SortedDictionary`2[int,int]", [0xA2, 0x01, 0x00, 0xE0] },
        { "OrderedDictionary`2[int,int]", [0xA2, 0x01, 0x01, 0xE0] },
        { "PriorityQueue`2[int,int]", [0xA2, 0x01, 0x01, 0xE0] },
        { "FrozenDictionary`2[int,int]", [0xA2, 0xE0] },
        { "ImmutableSortedDictionary`2[int,int]", [0xA2, 0xE0] },
        { "ReadOnlyDictionary`2[int,int]", [0xA2, 0xE0] },
        { "ReadOnlySet`1[int]", [0xA2, 0xE0] },
        { "List`1[int]", [0xE4, 0x01, 0x00] },
        { "Queue`1[int]", [0xE4, 0x01, 0x00] },
        { "Uri", [0x62, 0x01, 0x61] },
        { "Version", [0x62, 0x03, 0x31, 0x2E, 0x31] },
        { "IPEndPoint", [0x62, 0x06, 1, 2, 3, 4, 5, 6] },
        { "Tuple`7[string,string,string,string,string,string,string]", [0xA2, 0xE0] },
        { "Nullable`1[Guid]", [0xC2, 0x00] },
        { "ValueTuple`7[Guid,Guid,Guid,Guid,Guid,Guid,Guid]", [0x82, 0xE0] },
        { "object", [0xE1, 0x11, 0x02, 0x00] },
    };

    [Theory]
    [MemberData(nameof(Smallest), DisableDiscoveryEnumeration = true)]
    public void Many_of_the_smallest_payloads_of_a_type_stay_within_the_bound(string type, byte[] element)
    {
        const int Count = 20_000;
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();
        using var writer = PayloadWriter.Rent(services.GetRequiredService<ICodecProvider>());
        var name = System.Text.Encoding.UTF8.GetBytes(type == typeof(List<Node>).Name ? $"List`1[{typeof(Node).FullName}]" : type);

        // An array of the type: object, its count, then the elements.
        writer.WriteRaw([WireMark.Type, 0]);
        writer.WriteRawVarInt((ulong)name.Length + 2);
        writer.WriteRaw([.. name, (byte)'[', (byte)']', 0xA0, 0x01]);
        writer.WriteRawVarInt(Count);
        element[element[0] == WireMark.Type ? 2 : 0] -= 1;
        writer.WriteRaw(element);
        element[element[0] == WireMark.Type ? 2 : 0] -= 1;
        for (var i = 1; i < Count; i++) writer.WriteRaw(element);
        writer.WriteRaw([WireMark.End]);
        var bytes = writer.ToArray();

        // Once for what is made once: codecs, compiled code.
        Read(serializer, bytes, type, measure: false);
        Read(serializer, bytes, type);
    }

    private static void Read(Serializer serializer, byte[] bytes, string what, bool measure = true)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            serializer.Deserialize<object>(bytes);
        }
        catch (PayloadException fault)
        {
            Assert.NotEmpty(fault.Message);
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{what}: {Convert.ToHexString(bytes)}", fault);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(
            !measure || allocated <= FreeBytes + (long)BytesPerByte * bytes.Length,
            $"{what}: {allocated} bytes were allocated for {bytes.Length}, {allocated / Math.Max(1, bytes.Length)} for each.");
    }
}

public interface IFuzzedGrain : IGrainWithStringKey
{
    Task<int> Count();
}

public sealed class FuzzedGrain : Grain, IFuzzedGrain
{
    public Task<int> Count() => Task.FromResult(1);
}
