using System.Collections.Immutable;
using Feedback.Api.Access;
using Feedback.Api.Cases;
using Feedback.Api.Orders;
using Feedback.Api.Paper;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;
using Feedback.Grains.Cases;
using Feedback.Grains.Keys;
using Feedback.Grains.Paper;
using Feedback.Grains.Personal;
using Feedback.Grains.ServiceMatters;
using Feedback.Seeds.Demo;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Net.Http.Headers;
using Xunit;

namespace Feedback.Api.Tests.Access.Matrix;

/// <summary>The tests that share one world of callers.</summary>
[CollectionDefinition(Name)]
public sealed class OneAccessWorld : ICollectionFixture<AccessWorld>
{
    public const string Name = "One access world";
}

/// <summary>A site with a hall of one's own, a foreign one, and one caller of every kind.</summary>
public sealed class AccessWorld : IAsyncLifetime
{
    private const string Password = "a few random words";
    private static readonly ImmutableArray<string> Counters = ["hall", "officer"];
    private readonly Dictionary<string, string> _deviceKeys = [];
    private readonly Dictionary<string, CaseId> _lastCases = [];
    private int _accounts;

    internal KeptAudit Audit { get; } = new();

    internal RunningSite Site { get; }

    /// <summary>Where all callers are at home, but for those of the whole bureau.</summary>
    internal OpenHall Own { get; private set; } = null!;

    internal OpenHall Foreign => Site.ForeignHall;

    internal IReadOnlyList<AccessCaller> Callers { get; private set; } = [];

    internal IReadOnlyList<Operation> Operations { get; private set; } = [];

    public AccessWorld()
        : this(_ => { })
    {
    }

    internal AccessWorld(Action<IServiceCollection> amend) => Site = new RunningSite(services =>
    {
        services.Replace(ServiceDescriptor.Singleton<IAudit>(Audit));
        amend(services);
    });

    public async Task InitializeAsync()
    {
        await Site.InitializeAsync();
        Own = await Site.NewHallAsync();
        // The examples of the reference speak of the demo's staff and service items.
        await DemoDistrict.EnsureAsync(Site.Bureau, Site.Service<PersonalCipher>(), Site.Clock);
        var terminal = await Site.NewKeyAsync(KeyPurpose.Device, new NodeId(Own.Id));
        _deviceKeys[Own.Id] = terminal.Secret;
        _deviceKeys[Foreign.Id] = (await Site.NewKeyAsync(KeyPurpose.Device, new NodeId(Foreign.Id))).Secret;
        // They count the forms of the reference's examples.
        foreach (var counter in Counters)
            await Site.Service<IAccounts>().CreateAsync(counter, Password, [new Grant(Role.HallManager, new NodeId(Own.Id))]);
        var keys = Site.Bureau.Current.Keys;
        List<AccessCaller> callers =
        [
            AccessCaller.Nobody,
            AccessCaller.Terminal("terminal:" + keys.FindById(terminal.Id)!.Terminal, terminal.Secret),
        ];
        foreach (var permission in Rights.OfTokens)
        {
            var secret = KeyIssue.NewSecret(KeyPurpose.Read);
            callers.Add(AccessCaller.Token((await KeyIssue.ApiTokenAsync(Site.Bureau, new NodeId(Own.Id), secret, Site.Clock, [permission])).Id, secret, [permission]));
        }

        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var everywhere in new[] { false, true })
            {
                var account = await NewAccountAsync(role, everywhere ? null : new NodeId(Own.Id));
                callers.Add(AccessCaller.Person(role, everywhere, account.Name, await CookieOfAsync(account)));
            }
        }

        Callers = callers;
        Operations = await Operation.AllAsync(Site);
    }

    public Task DisposeAsync() => Site.DisposeAsync();

    internal async Task<Account> NewAccountAsync(Role role, NodeId? at)
    {
        var (accounts, name) = (Site.Service<IAccounts>(), $"somebody-{Interlocked.Increment(ref _accounts)}");
        await accounts.CreateAsync(name, Password, [new Grant(role, at)]);
        return (await accounts.FindByNameAsync(name))!;
    }

    /// <summary>Ids of everything that a request names, all at home.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="beside">Where what is counted within a thing lies; null for at home, too.</param>
    internal async Task<Dictionary<string, string>> IdsAtHomeAsync(Operation operation, OpenHall? beside = null)
    {
        var ids = new Dictionary<string, string>();
        foreach (var name in operation.Named)
            ids[name] = await Things.Of(name)!.ForAsync(operation, this, Own);
        foreach (var name in operation.Beside)
            ids[name] = await Things.BesideOf(name)!(this, beside ?? Own);
        return ids;
    }

    /// <summary>Pushes an evaluation with personal text in a hall: its version.</summary>
    internal async Task<string> NewEvaluationAsync(OpenHall hall)
    {
        var evaluation = Some.Evaluation(hall.Window, 2).With(("comment", "排队太久，请回电 13812345678"), ("matter", "330102-2026-" + Some.Id()));
        var answer = await Site.Client.PushAsync(evaluation, key: _deviceKeys[hall.Id]);
        return answer.Json["version"]?.ToString() ?? throw new InvalidOperationException(answer.Text);
    }

    /// <summary>Opens a case about a hall's window, whose citizen is to be told what was done: its id.</summary>
    /// <param name="hall">The hall.</param>
    /// <param name="about">Who is complained of.</param>
    internal async Task<string> NewCaseAsync(OpenHall hall, params string[] about)
    {
        var filing = new Filing(CaseKind.Complaint, CaseChannel.Web, hall.Window) { Category = "attitude", Words = "等了三个小时，无人接待", Contact = "13800000000", About = [.. about] };
        var (filed, refusal) = await Site.Service<CaseFiling>().FileAsync(filing, CaseActor.Citizen, Some.Id());
        _lastCases[hall.Id] = filed?.Id ?? throw new InvalidOperationException(refusal!.Code);
        var clerk = new CaseActor("account:li") { Handles = NodeScope.At(new NodeId(hall.Id)) };
        Assert.Null((await Site.Service<CaseCalls>().PerformAsync(filed.Id, new CaseRequest(new HandleCase("done"), clerk) { Id = Some.Id() })).Refusal);
        return filed.Id.Value;
    }

    /// <summary>Attaches a file to the last case opened in a hall: its id.</summary>
    internal async Task<string> NewFileAsync(OpenHall hall)
    {
        var id = _lastCases[hall.Id];
        var request = new CaseRequest(new AttachFile(default, "image/png", 0, default), CaseActor.Citizen) { File = [1, 2, 3] };
        Assert.Null((await Site.Service<CaseCalls>().PerformAsync(id, request)).Refusal);
        return (await Site.Service<CaseRecords>().FindAsync(id))!.Timeline.Select(one => one.Happened).OfType<CaseAttached>().Last().File.ToString();
    }

    /// <summary>Accepts a service matter in a hall: its id.</summary>
    internal async Task<string> NewMatterAsync(OpenHall hall)
    {
        var (codes, number) = (Site.Service<MatterSecrets>(), Some.Id());
        var id = codes.IdOf(new NodeId(hall.Id), number);
        var command = new AcceptMatter(new NodeId(hall.Id), "travel-card", codes.HashOf(number), Online: false, [], null);
        Assert.Null((await Site.Service<IGrainFactory>().GetGrain<IMatterGrain>(id.Value).Perform(new MatterRequest(command, "account:li"))).Refusal);
        return id.Value;
    }

    /// <summary>A batch of a hall's window with one form that was keyed twice: its number.</summary>
    /// <param name="hall">The hall.</param>
    /// <param name="second">What the second person read.</param>
    internal async Task<string> NewPaperBatchAsync(OpenHall hall, Grade second = Grade.VerySatisfied)
    {
        var (desk, today) = (Site.Service<PaperDesk>(), Some.Day(0));
        var (batch, _, refusal) = await desk.OpenAsync(new PaperOpening(new NodeId(hall.Window), today.AddDays(-7), today, 50, new CountForms(41, Counters)), "account:hall", null);
        var form = new ReadForm(1, new PaperAnswers { Window = new NodeId(hall.Window), Day = today, Grade = Grade.VerySatisfied });
        Assert.Null(refusal ?? (await desk.KeyAsync(batch!.Value, [form], "account:hall")).Refusal);
        var again = form with { Answers = form.Answers with { Grade = second } };
        Assert.Null((await desk.PerformAsync(batch!.Value, new PaperRequest(new RecheckForm(again), "account:officer"))).Refusal);
        return batch.Value.Value;
    }

    /// <summary>An order of the city's hotline for a hall: its number.</summary>
    internal async Task<string> NewOrderAsync(OpenHall hall)
    {
        var number = "GD-" + Some.Id();
        var order = new OrderItem(number, hall.Id, "公交站牌损坏");
        var taken = await Site.Service<OrderIntake>().TakeAsync(order, NodeScope.Everywhere, CaseActor.City);
        return taken.Refusal is null ? number : throw new InvalidOperationException(taken.Refusal.Code);
    }

    /// <summary>Begins a session without the form of sign-in; what the browser would send.</summary>
    internal async Task<string> CookieOfAsync(Account account)
    {
        await using var scope = Site.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        await Sessions.BeginAsync(http, account);
        return string.Join("; ", http.Response.Headers.SetCookie.Select(cookie => SetCookieHeaderValue.Parse(cookie)).Select(cookie => $"{cookie.Name}={cookie.Value}"));
    }
}
