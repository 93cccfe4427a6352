namespace OrleansShop.Clinic.Monolith.Schema;

internal sealed partial class SchemaUpgrade
{
    [LoggerMessage(EventId = 4010, Level = LogLevel.Information, Message = "The {Database} database has schema version {Version}; {Applied} script(s) were applied now.")]
    private partial void LogReady(string database, int version, int applied);
}
