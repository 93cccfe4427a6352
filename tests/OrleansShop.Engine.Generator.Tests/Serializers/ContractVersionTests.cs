using OrleansShop.Engine.Generator.Tests.Running;

namespace OrleansShop.Engine.Generator.Tests.Serializers;

/// <summary>Two versions of an assembly of contracts read each other's bytes: the rules that <c>docs/engine/serialization.md</c> states.</summary>
public sealed class ContractVersionTests
{
    [Fact]
    public void Members_can_be_added_removed_reordered_and_renamed() => ReadEachOther(
        """
        [GenerateSerializer] public class Order { [Id(0)] public int Count; [Id(1)] public string? Gone; [Id(2)] public string Kept = ""; }
        public static class Script
        {
            public static object Make() => new Order { Count = 3, Gone = "gone", Kept = "kept" };
            public static string Show(object read) => read is Order order ? $"{order.Count} {order.Gone} {order.Kept}" : "";
        }
        """,
        """
        [GenerateSerializer] public class Order { [Id(2)] public string Renamed = ""; [Id(0)] public int Count; [Id(7)] public int Added = 9; }
        public static class Script
        {
            public static object Make() => new Order { Count = 4, Renamed = "new", Added = 5 };
            public static string Show(object read) => read is Order order ? $"{order.Count} {order.Renamed} {order.Added}" : "";
        }
        """,
        oldReadsNew: "4  new", newReadsOld: "3 kept 9");

    [Fact]
    public void A_type_with_an_alias_can_be_renamed_and_moved() => ReadEachOther(
        """
        [GenerateSerializer, Alias("order")] public class Order { [Id(0)] public int Count; }
        public static class Script
        {
            public static object Make() => new List<Order> { new() { Count = 3 } };
            public static string Show(object read) => $"{((List<Order>)read)[0].Count}";
        }
        """,
        """
        namespace Moved { [GenerateSerializer, Alias("order")] public class Purchase { [Id(0)] public int Count; } }
        public static class Script
        {
            public static object Make() => new List<Moved.Purchase> { new() { Count = 4 } };
            public static string Show(object read) => $"{((List<Moved.Purchase>)read)[0].Count}";
        }
        """,
        oldReadsNew: "4", newReadsOld: "3");

    [Fact]
    public void Numbers_can_be_widened_and_values_made_nullable_or_not() => ReadEachOther(
        """
        [GenerateSerializer] public class Order { [Id(0)] public int Count; [Id(1)] public int? Perhaps; [Id(3)] public int Sure; [Id(2)] public float Weight; }
        public static class Script
        {
            public static object Make() => new Order { Count = -3, Perhaps = null, Weight = 1.5f, Sure = 6 };
            public static string Show(object read) => read is Order order ? $"{order.Count} {order.Perhaps} {order.Sure}" : "";
        }
        """,
        """
        [GenerateSerializer] public class Order { [Id(0)] public long Count; [Id(1)] public int Perhaps; [Id(2)] public double Weight; [Id(3)] public int? Sure; }
        public static class Script
        {
            public static object Make() => new Order { Count = 4, Perhaps = 5, Sure = null };
            public static string Show(object read) => read is Order order ? $"{order.Count} {order.Perhaps} {order.Weight} {order.Sure}" : "";
        }
        """,
        oldReadsNew: null, newReadsOld: "-3 0 1.5 6");

    [Fact]
    public void A_class_can_be_given_a_base_class_and_an_enum_more_members() => ReadEachOther(
        """
        public enum Size { Small, Large }
        [GenerateSerializer] public class Order { [Id(0)] public int Count; [Id(1)] public Size Size; }
        public static class Script
        {
            public static object Make() => new Order { Count = 3, Size = Size.Large };
            public static string Show(object read) => read is Order order ? $"{order.Count} {order.Size}" : "";
        }
        """,
        """
        public enum Size { Small, Large, Huge }
        [GenerateSerializer] public class Document { [Id(0)] public string Title = "untitled"; }
        [GenerateSerializer] public class Order : Document { [Id(0)] public int Count; [Id(1)] public Size Size; }
        public static class Script
        {
            public static object Make() => new Order { Count = 4, Size = Size.Huge, Title = "t" };
            public static string Show(object read) => read is Order order ? $"{order.Count} {order.Size} {order.Title}" : "";
        }
        """,
        oldReadsNew: "4 2", newReadsOld: "3 Large untitled");

    [Fact]
    public void Members_of_every_layout_are_stepped_over_and_objects_in_them_are_found_by_later_references() => ReadEachOther(
        """
        [GenerateSerializer] public class Part { [Id(0)] public string Name = ""; [Id(1)] public Part? Inner; }
        [GenerateSerializer] public struct Box { [Id(0)] public Part? Part; [Id(1)] public int Number; }
        [GenerateSerializer]
        public class Order
        {
            [Id(0)] public long Number = long.MinValue;
            [Id(1)] public float Single = 1;
            [Id(2)] public double Double = 2;
            [Id(3)] public string Text = "text";
            [Id(4)] public Box Box;
            [Id(5)] public Part? Part;
            [Id(6)] public Part? Again;
            [Id(7)] public List<int>? Packed;
            [Id(8)] public object? Any;
            [Id(20)] public List<object>? Last;
        }
        public static class Script
        {
            public static object Make()
            {
                var inner = new Part { Name = "inner" };
                var part = new Part { Name = "outer", Inner = inner };
                var packed = new List<int> { 1, 2, 3 };
                return new Order
                {
                    Box = new Box { Part = inner, Number = 1 }, Part = part, Again = part, Packed = packed, Any = new Dictionary<string, Part> { ["k"] = part },
                    Last = [inner, part, packed, part],
                };
            }
            public static string Show(object read) => ((Order)read).Text;
        }
        """,
        """
        [GenerateSerializer] public class Part { [Id(0)] public string Name = ""; [Id(1)] public Part? Inner; }
        [GenerateSerializer] public class Order { [Id(20)] public List<object>? Last; }
        public static class Script
        {
            public static object Make() => new Order();
            public static string Show(object read)
            {
                var last = ((Order)read).Last!;
                var part = (Part)last[1];
                return $"{((Part)last[0]).Name} {part.Name} {ReferenceEquals(part.Inner, last[0])} {string.Join("", (List<int>)last[2])} {ReferenceEquals(part, last[3])}";
            }
        }
        """,
        oldReadsNew: "text", newReadsOld: "inner outer True 123 True");

    [Fact]
    public void Positional_records_can_get_more_parameters_and_members() => ReadEachOther(
        """
        [GenerateSerializer] public record Order(int Count, string Name);
        public static class Script
        {
            public static object Make() => new Order(3, "n");
            public static string Show(object read) => read.ToString()!;
        }
        """,
        """
        [GenerateSerializer] public record Order(int Count, string Name, decimal Price = 1) { [Id(0)] public string? Note { get; init; } }
        public static class Script
        {
            public static object Make() => new Order(4, "m", 2.5m) { Note = "x" };
            public static string Show(object read) => read is Order order ? $"{order.Count} {order.Name} {order.Price == 0} {order.Note is null}" : "";
        }
        """,
        oldReadsNew: "Order { Count = 4, Name = m }", newReadsOld: "3 n True True");

    private static void ReadEachOther(string old, string @new, string? oldReadsNew, string newReadsOld)
    {
        using var first = new ContractVersion(old);
        using var second = new ContractVersion(@new);

        Assert.Equal(newReadsOld, second.Read(first.Write()));
        if (oldReadsNew is not null) Assert.Equal(oldReadsNew, first.Read(second.Write()));
    }
}
