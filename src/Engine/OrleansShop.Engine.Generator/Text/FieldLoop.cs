namespace OrleansShop.Engine.Generator.Text;

/// <summary>Writes how generated code reads fields until the end of the object, and steps over those that it does not know.</summary>
/// <remarks>
/// First the fields in the order in which this version of the type writes them, one behind the other without a decision between. At the first
/// one that is not as expected, because another version wrote the object, a loop takes over that takes any fields.
/// </remarks>
internal static class FieldLoop
{
    // What a tag of one byte can say.
    private const uint LongestExpectedDelta = 30;

    /// <param name="writer">Where to.</param>
    /// <param name="fields">The ids, ascending, and the statements that read them; <c>tag</c> is the field's tag.</param>
    /// <param name="writeEnd">Writes what is done behind the last field.</param>
    /// <param name="mayLack">Whether fields are often left out, so that none is expected.</param>
    public static void Write(SourceWriter writer, IEnumerable<(uint Id, string Statement)> fields, Action? writeEnd = null, bool mayLack = false)
    {
        var known = fields.ToArray();
        if (known.Length == 0)
        {
            writer.Line("while (reader.TryReadField(out var tag)) reader.Skip(tag);");
        }
        else
        {
            writer.Line("uint id = 0;");
            if (!mayLack && known[0].Id <= LongestExpectedDelta) WriteExpected(writer, known, writeEnd);
            WriteLoop(writer, known);
        }

        writeEnd?.Invoke();
    }

    private static void WriteExpected(SourceWriter writer, (uint Id, string Statement)[] known, Action? writeEnd)
    {
        using (writer.Open("do"))
        {
            uint last = 0;
            var declaration = "var ";
            foreach (var (id, statement) in known)
            {
                if (id - last > LongestExpectedDelta) break;
                writer.Line($"if (!reader.TryReadNext({id - last}, out {declaration}tag)) break;");
                writer.Line(statement);
                writer.Line($"id = {id};");
                last = id;
                declaration = "";
            }

            if (last == known[known.Length - 1].Id) WriteReturnAtEnd(writer, writeEnd);
        }

        writer.EndStatement(" while (false);");
        writer.Line();
    }

    private static void WriteReturnAtEnd(SourceWriter writer, Action? writeEnd)
    {
        if (writeEnd is null)
        {
            writer.Line("if (reader.TryReadEnd()) return;");
            return;
        }

        using (writer.Open("if (reader.TryReadEnd())"))
        {
            writeEnd();
            writer.Line("return;");
        }
    }

    private static void WriteLoop(SourceWriter writer, (uint Id, string Statement)[] known)
    {
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
