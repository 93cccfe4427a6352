using Spectre.Console;
using Spectre.Console.Rendering;

namespace OrleansShop.Cli.Following;

/// <summary>A progress bar on a terminal.</summary>
internal sealed class FollowBar : IFollowDisplay
{
    private readonly ProgressTask _task;
    private readonly DetailColumn _detail;

    private FollowBar(ProgressTask task, DetailColumn detail) => (_task, _detail) = (task, detail);

    /// <summary>Shows a bar on the error stream where that is a terminal, else lines: the output has the result alone.</summary>
    public static Task<T> ShowAsync<T>(TextWriter error, Func<IFollowDisplay, Task<T>> follow) => error == Console.Error && !Console.IsErrorRedirected
        ? ShowAsync(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) }), follow)
        : follow(new FollowLines(error));

    public static Task<T> ShowAsync<T>(IAnsiConsole console, Func<IFollowDisplay, Task<T>> follow)
    {
        var detail = new DetailColumn();
        return console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), detail)
            .StartAsync(progress => follow(new FollowBar(progress.AddTask("…"), detail)));
    }

    public void Show(FollowStep step)
    {
        _task.Description = Markup.Escape(Printable.Line(step.Headline));
        _task.IsIndeterminate = step.Percent is null;
        _task.MaxValue = Math.Max(1, step.Total);
        _task.Value = step.Total > 0 ? Math.Clamp(step.Done, 0, step.Total) : 0;
        _detail.Text = Printable.Line(step.Detail);
    }

    private sealed class DetailColumn : ProgressColumn
    {
        private volatile string _text = "";

        public string Text
        {
            set => _text = value;
        }

        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(_text).Ellipsis();
    }
}
