using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace OrleansShop.Conventions.Tests;

public sealed class LogEventTests
{
    [Fact]
    public void Log_event_ids_are_unique()
    {
        var repeated = Events().GroupBy(logEvent => logEvent.Id).Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(logEvent => logEvent.Path))}");

        Expect.None(repeated, "Log event ids used twice:");
    }

    [Fact]
    public void Every_log_event_has_an_id()
    {
        Expect.None(Events().Where(logEvent => logEvent.Id is null).Select(logEvent => logEvent.Path), "Log events without an id:");
    }

    private static IEnumerable<(int? Id, string Path)> Events() =>
        from file in Repository.ProductSource
        from attribute in file.Tree.GetRoot().DescendantNodes().OfType<AttributeSyntax>()
        where attribute.Name.ToString() is "LoggerMessage"
        select (IdOf(attribute), file.Path);

    private static int? IdOf(AttributeSyntax attribute)
    {
        var arguments = attribute.ArgumentList?.Arguments ?? default;
        var id = arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == "EventId")
            ?? arguments.FirstOrDefault(argument => argument.NameEquals is null);
        return id?.Expression is LiteralExpressionSyntax { Token.Value: int value } ? value : null;
    }
}
