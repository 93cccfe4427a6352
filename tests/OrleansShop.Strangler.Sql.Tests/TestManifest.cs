using System.Text;
using Microsoft.Extensions.Configuration;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Sql.Users;

namespace OrleansShop.Strangler.Sql.Tests;

/// <summary>The clinic's own file, with one more capability that has nothing in common with a clinic: text keys, every type of column.</summary>
internal static class TestManifest
{
    private const string Stations = """
        {
          "Capabilities": {
            "stations": {
              "Service": "http://127.0.0.1:1",
              "Routes": [{ "Template": "/stations", "Methods": ["GET"], "Kind": "List", "Entity": "station" }],
              "Entities": [
                {
                  "Kind": "station", "Table": "station_list", "KeyColumn": "code", "KeyType": "Text", "References": ["opened"],
                  "ChildTables": [{ "Table": "platforms", "KeyColumn": "station" }, { "Table": "signs", "KeyColumn": "station" }]
                }
              ]
            }
          }
        }
        """;

    internal static IConfigurationRoot Configuration(params (string Key, string? Value)[] overrides) => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, CapabilityFile.Name))
        .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Stations)))
        .AddInMemoryCollection(overrides.ToDictionary(pair => pair.Key, pair => pair.Value))
        .Build();

    internal static CapabilityCatalog Catalog(params (string Key, string? Value)[] overrides) => CapabilityCatalog.Read(Configuration(overrides));

    internal static UserTable Users { get; } = UserTable.Read(Configuration())!;
}
