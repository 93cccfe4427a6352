namespace OrleansShop.Clinic.Monolith.Documentation;

/// <summary>A parameter of the query string as the document shows it; read by <see cref="Http.Parameters.RequestParameters"/>.</summary>
internal sealed record QueryParameter(string Name, string Description, bool IsNumber, int? Minimum = null, int? Maximum = null, int? Default = null)
{
    public static readonly QueryParameter LastName = new("lastName", "The start of the last name; case does not matter.", IsNumber: false);

    public static readonly QueryParameter Page = new("page", "Zero-based page index.", IsNumber: true, Minimum: 0, Default: 0);

    public static readonly QueryParameter Size = new("size", "Number of items per page.", IsNumber: true, Minimum: 1, Maximum: 100, Default: 20);
}
