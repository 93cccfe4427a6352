namespace OrleansShop.Engine.Generator.Text;

/// <summary>Writes the loop that reads fields by id until the end of the object and steps over those that it does not know.</summary>
internal static class FieldLoop
{
    /// <param name="writer">Where to.</param>
    /// <param name="fields">The ids and the statements that read them; <c>tag</c> is the field's tag.</param>
    public static void Write(SourceWriter writer, IEnumerable<(uint Id, string Statement)> fields)
    {
        var known = fields.ToArray();
        if (known.Length == 0)
        {
            writer.Line("while (reader.TryReadField(out var tag)) reader.Skip(tag);");
            return;
        }

        writer.Line("uint id = 0;");
        using (writer.Open("while (reader.TryReadField(out var tag))"))
        {
            // Unchecked: a payload that makes the sum overflow has fields that are unknown, nothing worse.
            writer.Line("id = unchecked(id + tag.IdDelta);");
            using (writer.Open("switch (id)"))
            {
                foreach (var (id, statement) in known) writer.Line($"case {id}: {statement} break;");
                writer.Line("default: reader.Skip(tag); break;");
            }
        }
    }
}
