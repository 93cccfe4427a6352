namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>A row that is an id and a name. A class with settable properties, because Dapper fills these whatever integer type the driver brings.</summary>
internal sealed class NamedRow
{
    public int Id { get; init; }

    public string Name { get; init; } = "";
}
