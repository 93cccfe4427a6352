using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Interfaces;

/// <summary>The source file of one grain interface.</summary>
internal static class GrainInterfaceSource
{
    public static string Write(GrainInterfaceModel model)
    {
        var writer = SourceWriter.ForFile();
        using (writer.Open($"namespace {model.Names.Namespace}"))
        {
            ReferenceEmitter.Write(writer, model);
            writer.Line();
            DescriptionEmitter.Write(writer, model);
            foreach (var method in model.Methods)
            {
                writer.Line();
                CallEmitter.Write(writer, model, method);
            }
        }

        return writer.ToString();
    }
}
