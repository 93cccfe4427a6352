namespace OrleansShop.Strangler.Rows;

/// <summary>A row on its way between silos: its columns and, in the same order, their values.</summary>
[GenerateSerializer]
[Alias("OrleansShop.Strangler.RowSurrogate")]
internal struct RowSurrogate
{
    [Id(0)]
    public string[] Columns;

    [Id(1)]
    public object?[] Values;
}

/// <summary>Turns rows into surrogates and back; what comes back is checked like any new row.</summary>
[RegisterConverter]
internal sealed class RowConverter : IConverter<Row, RowSurrogate>
{
    public Row ConvertFromSurrogate(in RowSurrogate surrogate) =>
        new(surrogate.Columns.Zip(surrogate.Values, static (column, value) => KeyValuePair.Create(column, value)));

    public RowSurrogate ConvertToSurrogate(in Row value) => new() { Columns = [.. value.Columns.Keys], Values = [.. value.Columns.Values] };
}
