using System.Globalization;
using Spectre.Console;

namespace OrleansShop.Cli.Commands;

/// <summary>Tables of plain text: what comes from the gateway is never taken for markup, nor for orders to the terminal.</summary>
internal static class TextTable
{
    /// <summary>Wide enough that nothing wraps where the output is no terminal.</summary>
    private const int PipeWidth = 400;

    public static IAnsiConsole On(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (output != Console.Out || Console.IsOutputRedirected)
        {
            console.Profile.Width = PipeWidth;
        }

        return console;
    }

    public static Table New(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)).NoWrap());
        }

        return table;
    }

    public static void AddText(this Table table, params string[] cells) => table.AddRow(cells.Select(static cell => new Text(Printable.Line(cell))));

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
