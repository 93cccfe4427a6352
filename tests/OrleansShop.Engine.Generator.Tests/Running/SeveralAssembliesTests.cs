using Microsoft.CodeAnalysis;

namespace OrleansShop.Engine.Generator.Tests.Running;

public sealed class SeveralAssembliesTests
{
    private const string Library = """
        using System.Runtime.CompilerServices;
        [assembly: InternalsVisibleTo("Application")]

        public interface ICounted<T> : IGrainWithStringKey { Task<int> Count(T like); }
        [GenerateSerializer] public class Document { [Id(0)] private int _number; public int Number { get => _number; set => _number = value; } }

        public class Outside(int number) { public int Number => number; }
        [GenerateSerializer] public struct OutsideSurrogate { [Id(0)] public int Number; }
        [RegisterConverter]
        public sealed class OutsideConverter : IConverter<Outside, OutsideSurrogate>
        {
            public Outside ConvertFromSurrogate(in OutsideSurrogate surrogate) => new(surrogate.Number);
            public OutsideSurrogate ConvertToSurrogate(in Outside value) => new() { Number = value.Number };
        }
        """;

    [Fact]
    public void Interfaces_base_classes_and_converters_of_a_referenced_assembly_are_built_upon()
    {
        var library = MetadataReference.CreateFromImage(GeneratorRun.Of(GeneratorRun.Compile("Library", [Library])).CompilesCleanly().Emit());

        var application = GeneratorRun.Of(GeneratorRun.Compile("Application", ["""
            public interface ICart : ICounted<Outside> { Task Add(Order order); }
            [GenerateSerializer] public class Order : Document { [Id(0)] public Outside? Outside { get; set; } }
            """], library)).CompilesCleanly();

        Assert.Empty(application.Findings);
        Assert.Contains("codecs.GetLevel<global::Document>()", application.Source("Order.Codec.g.cs"), StringComparison.Ordinal);
        Assert.Contains("global::ICounted<global::Outside>.Count(", application.Source("ICart.g.cs"), StringComparison.Ordinal);
    }
}
