using System.Text;
using OrleansShop.Cli.Following;
using Spectre.Console;
using Xunit;

namespace OrleansShop.Cli.Tests.Moves;

public sealed class FollowBarTests
{
    [Fact]
    public async Task On_a_terminal_there_is_a_bar_with_percent_and_detail()
    {
        using var screen = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new Screen(screen) });

        var result = await FollowBar.ShowAsync(console, display =>
        {
            display.Show(new FollowStep(End: null, "owners, [canary] 25 %", Done: 31, Total: 100, "31 of 100 moved,\u001b[2J 18.0 s left"));
            return Task.FromResult(42);
        });

        Assert.Equal(42, result);
        var shown = screen.ToString();
        Assert.Contains("owners, [canary] 25 %", shown, StringComparison.Ordinal);
        Assert.Contains("31%", shown, StringComparison.Ordinal);
        Assert.Contains("31 of 100 moved,\\u001b[2J 18.0 s left", shown, StringComparison.Ordinal);
        Assert.Contains("━", shown, StringComparison.Ordinal);
    }

    private sealed class Screen(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => 160;

        public int Height => 24;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
