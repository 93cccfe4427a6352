using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansShop.Engine.Serialization;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

/// <summary>The bytes themselves. States are stored in them: a change here needs a reader of the old ones.</summary>
public sealed class FormatTests
{
    [Fact]
    public void An_object_is_its_tag_its_fields_and_an_end()
    {
        // Object, +0 | id 0: varint zigzag(-3) | id 2, field 3: bytes, 2 of them | end
        Assert.Equal("A0-01-05-62-02-68-69-C2-00-E0", Hex(new SmallOld { Number = -3, Text = "hi", Nothing = null }));
    }

    [Fact]
    public void A_base_class_is_field_0_and_a_runtime_type_stands_in_front()
    {
        // Type, new name of 44 bytes | object | field 0: the level of Animal, a value: name "" and 0 legs, end | breed "x" | end
        var name = typeof(Dog).FullName!;
        var nameBytes = BitConverter.ToString(System.Text.Encoding.UTF8.GetBytes(name));
        Assert.Equal($"E1-00-{name.Length:X2}-{nameBytes}-A0-80-61-00-01-00-E0-61-01-78-E0", Hex<Animal>(new Dog { Breed = "x" }));
    }

    [Fact]
    public void Numbers_in_a_list_are_packed()
    {
        // Packed object, 4 bytes
        Assert.Equal("E2-04-02-01-AC-02", Hex(new List<int> { 1, -1, 150 }));
    }

    [Fact]
    public void A_packed_list_can_have_a_far_id()
    {
        // Object | packed, id 13 less 13 | end; object | packed, id 41 less 13 | end
        Assert.Equal("A0-EF-00-01-02-E0", Hex(new Packed13 { Values = [1] }));
        Assert.Equal("A0-EF-1C-01-02-E0", Hex(new Packed41 { Values = [1] }));
        Assert.Equal([1], Serialization.RoundTrip(new Packed41 { Values = [1] })!.Values);
    }

    [Fact]
    public void What_was_written_before_lists_were_packed_objects_is_read()
    {
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();
        byte[] old = [0xA0, 0x63, 0x04, 0x02, 0x01, 0xAC, 0x02, 0xE0];

        Assert.Equal([1, -1, 150], serializer.Deserialize<List<int>>(old)!);
        Assert.Equal([1, -1, 150], serializer.Deserialize<int[]>(old)!);
    }

    [Fact]
    public void A_packed_list_is_read_as_any_other_collection_of_its_elements()
    {
        int[] numbers = [3, 1, 2];

        Assert.Equal(numbers, Serialization.Reread<List<int>, int[]>([.. numbers])!);
        Assert.Equal(numbers, Serialization.Reread<int[], System.Collections.Immutable.ImmutableList<int>>(numbers)!);
        Assert.Equal(numbers, Serialization.Reread<int[], Queue<int>>(numbers)!);
        Assert.Equal([1, 2, 3], Serialization.Reread<int[], SortedSet<int>>(numbers)!);
        Assert.Throws<PayloadException>(() => Serialization.Reread<int[], Dictionary<int, int>>(numbers));
        Assert.Throws<PayloadException>(() => Serialization.Reread<int[], List<string>>(numbers));
    }

    [Fact]
    public void A_second_mention_is_a_reference_by_number()
    {
        // Array | its count | list, empty | the second object | end
        Assert.Equal("A0-01-02-E1-BD-01-E3-00-E1-BD-01-C0-02-E0", Hex(Twice(new List<int>())));
        static object[] Twice(object one) => [one, one];
    }

    [Fact]
    public void A_far_id_takes_more_bytes() => Assert.Equal("A0-1F-0A-02-E0", Hex(new Far { Value = 1 }));

    private static string Hex<T>(T value)
    {
        using var services = Serialization.Start();
        return BitConverter.ToString(services.GetRequiredService<Serializer>().SerializeToArray(value));
    }
}

[GenerateSerializer]
public sealed class SmallOld
{
    [Id(0)] public int Number { get; set; }

    [Id(2)] public string? Text { get; set; }

    [Id(4)] public Node? Nothing { get; set; }
}

[GenerateSerializer]
public sealed class Packed13
{
    [Id(12)] public int[] Values { get; set; } = [];
}

[GenerateSerializer]
public sealed class Packed41
{
    [Id(40)] public List<int> Values { get; set; } = [];
}

[GenerateSerializer]
public sealed class Far
{
    [Id(40)] public int Value { get; set; }
}
