using Microsoft.Data.Sqlite;

namespace OrleansShop.Strangler.Example.Tests.Monolith;

/// <summary>A stock catalogue as somebody wrote it years ago: HTTP over SQL. It knows nothing of grains, and stays as it is.</summary>
internal static class StockMonolith
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE IF NOT EXISTS articles (sku TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, price INTEGER NOT NULL CHECK (price >= 0), changed TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS article_tags (sku TEXT NOT NULL REFERENCES articles (sku) ON DELETE CASCADE, tag TEXT NOT NULL, PRIMARY KEY (sku, tag));
        """;

    public static WebApplication Create(string connectionString, string[] args)
    {
        var app = WebApplication.CreateBuilder(args).Build();
        Execute(connectionString, Schema);

        var articles = app.MapGroup("/shop/articles");
        articles.MapGet("", () => Results.Ok(Read(connectionString, sku: null)));
        articles.MapGet("/{sku}", (string sku) => Read(connectionString, sku) is [var article] ? Results.Ok(article) : Results.NotFound());
        articles.MapPost("", (StockArticle article) => Insert(connectionString, article) ? Results.Created($"/shop/articles/{Uri.EscapeDataString(article.Sku)}", article) : Results.Conflict());
        articles.MapPut("/{sku}", (string sku, StockArticle article) => Update(connectionString, article with { Sku = sku }) ? Results.NoContent() : Results.NotFound());
        articles.MapDelete("/{sku}", (string sku) => Execute(connectionString, "DELETE FROM articles WHERE sku = $sku", ("$sku", sku)) == 1 ? Results.NoContent() : Results.NotFound());
        return app;
    }

    private static List<StockArticle> Read(string connectionString, string? sku)
    {
        using var connection = Open(connectionString);
        using var command = Command(
            connection,
            """
            SELECT a.sku, a.name, a.price, a.changed, (SELECT group_concat(tag, ',') FROM article_tags t WHERE t.sku = a.sku)
            FROM articles a WHERE $sku IS NULL OR a.sku = $sku ORDER BY a.sku
            """,
            ("$sku", (object?)sku ?? DBNull.Value));
        using var reader = command.ExecuteReader();
        var articles = new List<StockArticle>();
        while (reader.Read())
        {
            articles.Add(new StockArticle(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.IsDBNull(4) ? [] : reader.GetString(4).Split(','), reader.GetString(3)));
        }

        return articles;
    }

    private static bool Insert(string connectionString, StockArticle article)
    {
        using var connection = Open(connectionString);
        using var transaction = connection.BeginTransaction();
        using var insert = Command(connection, "INSERT INTO articles (sku, name, price, changed) VALUES ($sku, $name, $price, $changed) ON CONFLICT DO NOTHING", Parameters(article));
        if (insert.ExecuteNonQuery() == 0) return false;
        WriteTags(connection, article);
        transaction.Commit();
        return true;
    }

    private static bool Update(string connectionString, StockArticle article)
    {
        using var connection = Open(connectionString);
        using var transaction = connection.BeginTransaction();
        using var update = Command(connection, "UPDATE articles SET name = $name, price = $price, changed = $changed WHERE sku = $sku", Parameters(article));
        if (update.ExecuteNonQuery() == 0) return false;
        WriteTags(connection, article);
        transaction.Commit();
        return true;
    }

    private static void WriteTags(SqliteConnection connection, StockArticle article)
    {
        using var delete = Command(connection, "DELETE FROM article_tags WHERE sku = $sku", ("$sku", article.Sku));
        delete.ExecuteNonQuery();
        foreach (var tag in article.Tags)
        {
            using var insert = Command(connection, "INSERT INTO article_tags (sku, tag) VALUES ($sku, $tag)", ("$sku", article.Sku), ("$tag", tag));
            insert.ExecuteNonQuery();
        }
    }

    private static (string Name, object Value)[] Parameters(StockArticle article) =>
        [("$sku", article.Sku), ("$name", article.Name), ("$price", article.Price), ("$changed", TimeProvider.System.GetUtcNow().ToString("O"))];

    private static int Execute(string connectionString, string statement, params (string Name, object Value)[] parameters)
    {
        using var connection = Open(connectionString);
        using var command = Command(connection, statement, parameters);
        return command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var pragma = Command(connection, "PRAGMA foreign_keys = ON");
        pragma.ExecuteNonQuery();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, string statement, params (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this file.
        command.CommandText = statement;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}

/// <summary>An article as clients send and get it. What they send in <c>changed</c> is not looked at.</summary>
internal sealed record StockArticle(string Sku, string Name, long Price, IReadOnlyList<string> Tags, string? Changed = null);
