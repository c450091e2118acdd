using System.Text.RegularExpressions;
using Feedback.Api.Access;
using Feedback.Api.Tests.Access.Matrix;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Xunit;
using Xunit.Abstractions;

namespace Feedback.Api.Tests.Access;

/// <summary>
/// Every page × every kind of caller × own, foreign and missing places, computed like the matrix of operations: nobody is led
/// to the sign-in, and who signed in and may not is told that there is nothing.
/// </summary>
[Collection(OneAccessWorld.Name)]
public sealed class PageMatrixTests(AccessWorld world, ITestOutputHelper output) : IDisposable
{
    private readonly Asker _asker = new(world.Site.Url);
    private readonly List<string> _offenders = [];
    private int _asked;

    // Administration of the whole bureau: it has no part that lies in one hall.
    private static readonly string[] OfTheWholeBureau = ["/setup/import", "/setup/template"];

    [Fact]
    public async Task Every_caller_gets_from_every_page_what_the_table_of_rights_says()
    {
        var pages = Pages().ToList();
        foreach (var page in pages)
        {
            foreach (var caller in world.Callers)
                await CheckAsync(page, caller);
        }

        output.WriteLine($"{pages.Count} pages, {world.Callers.Count} callers: {_asked} requests.");
        Assert.True(pages.Count >= 6, $"Only {pages.Count} pages were found.");
        Assert.True(_offenders.Count == 0, $"{_offenders.Count} answers are wrong:\n{string.Join('\n', _offenders.Take(60))}");
    }

    public void Dispose() => _asker.Dispose();

    private IEnumerable<GuardedPage> Pages() =>
        from endpoint in world.Site.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription is true
        let policy = endpoint.Metadata.GetMetadata<EndpointPolicy>()
        // Another specification's interface is no page, and has tests of its own.
        where policy?.Permission is not null && !endpoint.RoutePattern.RawText!.StartsWith("/open311/", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select new GuardedPage(new HttpMethod(method), endpoint.RoutePattern, policy);

    private async Task CheckAsync(GuardedPage page, AccessCaller caller)
    {
        var own = await AskAsync(page, caller, name => Things.Of(name)!.InAsync(world, world.Own));
        if (caller.RefusedWith(page.Policy) is { } status)
        {
            Expect(status == 401 ? own.Location?.StartsWith("/sign-in?back=", StringComparison.Ordinal) == true : own.Status == 404, page, caller, $"is turned away as {status}", own);
            return;
        }

        if (!caller.Everywhere && OfTheWholeBureau.Any(path => page.Pattern.RawText!.StartsWith(path, StringComparison.Ordinal)))
        {
            Expect(own.Status == 404, page, caller, "is told that there is nothing", own);
            return;
        }

        // What is at home and yet not for them looks as if it did not exist.
        if (page.Method == HttpMethod.Get && page.Named.Any(name => !Things.Of(name)!.IsFor(caller)))
        {
            Expect(own.Status == 404, page, caller, "is told that there is nothing", own);
            return;
        }

        // A form that was sent without its seal is refused by its content.
        Expect(own.IsGood || own.Status is 302 && own.Location?.StartsWith("/sign-in", StringComparison.Ordinal) != true || (page.Method == HttpMethod.Post && own.Status == 400), page, caller, "gets it at home", own);
        Expect(caller.Everywhere || !own.Text.Contains("beishan", StringComparison.Ordinal), page, caller, "hears nothing of elsewhere", own);
        foreach (var name in page.Named)
            await CompareAsync(page, caller, name);
    }

    private async Task CompareAsync(GuardedPage page, AccessCaller caller, string name)
    {
        var thing = Things.Of(name)!;
        var there = await thing.InAsync(world, world.Foreign);
        var missing = await AskAsync(page, caller, async other => other == name ? thing.Missing : await Things.Of(other)!.InAsync(world, world.Own));
        var foreign = await AskAsync(page, caller, async other => other == name ? there : await Things.Of(other)!.InAsync(world, world.Own));
        Expect(page.Method == HttpMethod.Post || missing.Status == 404, page, caller, $"finds no {name} {thing.Missing}", missing);
        if (!caller.Everywhere)
            Expect(foreign.Without(there) == missing.Without(thing.Missing), page, caller, $"cannot tell {name} {there} from a missing one, which is {missing}", foreign);
        else if (page.Method == HttpMethod.Get)
            Expect(foreign.IsGood, page, caller, $"gets it for {name} {there}", foreign);
    }

    private async Task<Answered> AskAsync(GuardedPage page, AccessCaller caller, Func<string, Task<string>> idOf)
    {
        var path = page.Pattern.RawText!;
        foreach (var parameter in page.Pattern.Parameters)
        {
            if (!Things.Knows(parameter.Name))
                throw new InvalidOperationException($"The page {path} has '{parameter.Name}' in its path: tell in tests/Feedback.Api.Tests/Access/Matrix/Things.cs what it names.");
            // With or without a constraint, such as {version:long}.
            path = Regex.Replace(path, $$"""\{{{parameter.Name}}(:[^}]*)?\}""", Uri.EscapeDataString(await ValueOfAsync(parameter.Name, idOf)));
        }

        _asked++;
        return await _asker.AskAsync(new HttpRequestMessage(page.Method, path), caller);
    }

    private Task<string> ValueOfAsync(string name, Func<string, Task<string>> idOf) =>
        Things.Of(name) is not null ? idOf(name)
        : Things.BesideOf(name) is { } beside ? beside(world, world.Own)
        : Task.FromResult(Things.PlainOf(name));

    private void Expect(bool holds, GuardedPage page, AccessCaller caller, string what, Answered answer)
    {
        if (!holds)
            _offenders.Add($"{page.Method} {page.Pattern.RawText}: {caller.Name} {what}; but: {answer}");
    }

    private sealed record GuardedPage(HttpMethod Method, RoutePattern Pattern, EndpointPolicy Policy)
    {
        public IEnumerable<string> Named => Pattern.Parameters.Select(parameter => parameter.Name).Where(name => Things.Of(name) is not null);
    }
}
