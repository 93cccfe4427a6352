using System.Text;
using Microsoft.Extensions.Configuration;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Strangler.Tests.Capabilities;

/// <summary>A library lends books to readers: small, and nothing of it is a clinic.</summary>
internal static class Library
{
    internal const string Json = """
        {
          "Strangler": { "BasePath": "/api" },
          "Capabilities": {
            "books": {
              "Service": "http://127.0.0.1:7001",
              "Routes": [
                { "Template": "/books", "Methods": ["GET"], "Kind": "List", "Entity": "book" },
                { "Template": "/books", "Methods": ["POST"], "Kind": "Create", "Entity": "book" },
                { "Template": "/books/{bookId}", "Methods": ["GET", "PUT", "DELETE"], "Kind": "Entity", "Entity": "book", "EntityParameter": "bookId" },
                { "Template": "/books/newest", "Methods": ["GET"], "Kind": "List", "Entity": "book" }
              ],
              "LegacyRoutes": [
                { "Template": "/book/{bookId}", "Target": "/books/{bookId}" },
                { "Template": "/book/{bookId}/loans", "Target": "/books/{bookId}", "Collect": ["copies", "loans"] }
              ],
              "Entities": [
                { "Kind": "book", "Table": "books", "KeyColumn": "id", "References": ["shelf_id"], "Cascades": ["loans"],
                  "ChildTables": [{ "Table": "authors", "KeyColumn": "book_id" }] }
              ]
            },
            "loans": {
              "Service": "http://127.0.0.1:7002;http://127.0.0.1:7003",
              "Routes": [
                { "Template": "/loans/{loanId}", "Methods": ["GET", "DELETE"], "Kind": "Entity", "Entity": "loan", "EntityParameter": "loanId" },
                { "Template": "/books/{bookId}/loans", "Methods": ["POST"], "Kind": "Create", "Entity": "loan" }
              ],
              "Entities": [
                { "Kind": "loan", "Table": "loans", "KeyColumn": "id", "References": ["book_id"] }
              ]
            }
          }
        }
        """;

    internal static IConfigurationRoot Configuration(params (string Key, string? Value)[] overrides) => new ConfigurationBuilder()
        .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Json)))
        .AddInMemoryCollection(overrides.ToDictionary(pair => pair.Key, pair => pair.Value))
        .Build();

    internal static CapabilityCatalog Catalog(params (string Key, string? Value)[] overrides) => CapabilityCatalog.Read(Configuration(overrides));
}
