using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Strangler.BridgeClient;

namespace OrleansShop.Strangler.Bridge.Tests;

/// <summary>A bridge on a free port over a SQLite file of its own, with a small manifest of its own: books, and readers without a sequence.</summary>
internal sealed class RunningBridge : IAsyncDisposable
{
    private const string Manifest = """
        {
          "Strangler": {
            "Users": {
              "Table": "members", "NameColumn": "login", "PasswordColumn": "secret", "EnabledColumn": "active",
              "RoleTable": "ranks", "RoleNameColumn": "login", "RoleColumn": "rank"
            }
          },
          "Capabilities": {
            "library": {
              "Service": "http://127.0.0.1:1",
              "Routes": [{ "Template": "/books", "Methods": ["GET"], "Kind": "List", "Entity": "book" }],
              "Entities": [
                { "Kind": "book", "Table": "books", "KeyColumn": "id", "References": ["shelf"], "ChildTables": [{ "Table": "authors", "KeyColumn": "book" }] },
                { "Kind": "reader", "Table": "readers", "KeyColumn": "name", "KeyType": "Text" }
              ]
            }
          }
        }
        """;

    internal const string Schema = """
        CREATE TABLE books (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL UNIQUE, shelf TEXT);
        CREATE TABLE authors (book INTEGER NOT NULL REFERENCES books (id), name TEXT NOT NULL);
        CREATE TABLE readers (name TEXT PRIMARY KEY, book INTEGER REFERENCES books (id));
        CREATE TABLE members (login TEXT PRIMARY KEY, secret TEXT NOT NULL, active INTEGER NOT NULL);
        CREATE TABLE ranks (login TEXT NOT NULL, rank TEXT NOT NULL);
        INSERT INTO members VALUES ('admin', 'hash', 1);
        INSERT INTO ranks VALUES ('admin', 'ADMIN');
        """;

    private readonly DirectoryInfo _folder;
    private readonly List<HttpClient> _clients = [];

    private RunningBridge(DirectoryInfo folder, string database, WebApplication application) =>
        (_folder, Database, Application) = (folder, database, application);

    internal string Database { get; }

    internal WebApplication Application { get; }

    internal static async Task<RunningBridge> StartAsync(string? schema = Schema, params string[] args)
    {
        SQLitePCL.Batteries_V2.Init();
        var folder = Directory.CreateTempSubdirectory("strangler-bridge-");
        var database = Path.Combine(folder.FullName, "monolith.db");
        var manifest = Path.Combine(folder.FullName, "manifest.json");
        await File.WriteAllTextAsync(manifest, Manifest);
        if (schema is not null)
        {
            await CreateAsync(database, schema);
        }

        string[] settings =
        [
            $"--Strangler:CapabilityFile={manifest}", $"--Bridge:Database:ConnectionString=Data Source={database}", "--Bridge:Database:LockTimeout=00:00:01",
            "--Logging:LogLevel:Default=Critical", "--environment=Production", .. args,
        ];
        var application = BridgeApplication.Create(settings, builder => builder.WebHost.UseUrls("http://127.0.0.1:0"));
        await application.StartAsync();
        return new RunningBridge(folder, database, application);
    }

    internal static async Task CreateAsync(string database, string schema)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync();
        await connection.ExecuteAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;");
        await connection.ExecuteAsync(schema);
    }

    internal HttpClient Client(string? key = null)
    {
        var address = Application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var client = new HttpClient { BaseAddress = new Uri(address) };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add(BridgeWire.KeyHeader, key);
        }

        _clients.Add(client);
        return client;
    }

    internal HttpMonolithBridge Bridge(string? key = null) => new(Client(key));

    internal HttpOwnershipLedger Ledger(string? key = null) => new(Client(key));

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Application.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
