using System.Data;
using System.Globalization;
using System.Runtime.CompilerServices;
using Dapper;

namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>A DATE column of PostgreSQL, or text of the form yyyy-MM-dd in SQLite.</summary>
internal sealed class DateOnlyColumn : SqlMapper.TypeHandler<DateOnly>
{
    public override DateOnly Parse(object value) => value switch
    {
        DateOnly date => date,
        DateTime moment => DateOnly.FromDateTime(moment),
        string text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => throw new InvalidCastException($"A date column holds a {value.GetType()}; it must be a date or text of the form yyyy-MM-dd."),
    };

    public override void SetValue(IDbDataParameter parameter, DateOnly value) => parameter.Value = value;

    /// <summary>Dapper keeps its handlers for the whole process, so they are registered once, before anything is read.</summary>
    [ModuleInitializer]
    internal static void Register() => SqlMapper.AddTypeHandler(new DateOnlyColumn());
}
