using System.Text.Json;
using System.Text.Json.Nodes;
using Feedback.Api.Access;
using Feedback.Api.Cases;
using Feedback.Api.Intake;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Cases;

namespace Feedback.Api.Orders;

/// <summary>The endpoints of the city's hotline: it sends orders, does what it does with them, and asks where they stand.</summary>
internal static class OrderEndpoints
{
    private const string All = "/api/v1/orders";
    private const string One = All + "/{orderNumber}";
    private const int MostOrders = 1000;

    // As many orders are opened at once as a few streams can bear.
    private const int AtOnce = 8;

    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(All, (HttpContext http, OrderIntake intake) => ReadEndpoints.ForReaderAsync(http, scope => SendAsync(http, intake, scope)))
            .Demands(Permission.SendOrders).WithName("orders-send").WithTags("Orders").WithSummary("Takes one order of the city's hotline, or up to 1,000: each opens a case, once.")
            .WithDescription("One object: 201 with its case, 200 when the order is here already. An array: 200 with what became of every order. The city's number is the identity: "
                + "an order that is here already stays as it is, whatever else is sent with its number. "
                + "Clocks run from sentAt on; from now on where it is left out, lies in the future or more than 30 days back. A deadline that has passed by then is late.")
            .Accepts<OrderBody>("application/json")
            .Produces<TakenOrder>(201).Produces<TakenOrder>(200)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(503);

        routes.MapGet(One, (HttpContext http, string orderNumber, OrderIntake intake, CaseRecords records, CaseSight sight) => ReadEndpoints.ForReaderAsync(http, async scope =>
                Results.Json(ViewOf(orderNumber, await SeenAsync(http, orderNumber, scope, intake, records, sight)), ApiJson.Options)))
            .Demands(Permission.SendOrders).WithName("order").WithTags("Orders").WithSummary("Where an order stands, what the citizen was told, and what the city may do with it now.")
            .WithDescription("returnReason tells why the unit returned it, extensionReason why it asks for more time.")
            .Produces<OrderView>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

        routes.MapPost(One + "/steps/{step}", (HttpContext http, string orderNumber, string step, OrderIntake intake, CaseRecords records, CaseSight sight, CaseStepping stepping) =>
                ReadEndpoints.ForReaderAsync(http, async scope =>
                {
                    var seen = await SeenAsync(http, orderNumber, scope, intake, records, sight);
                    RequestBody.DemandJson(http.Request);
                    var (id, input) = await RequestBody.ReadAsync(http.Request, OrderStepReader.Read);
                    var answer = await stepping.PerformAsync(seen, step, input, CaseActors.Of(http.GetCaller().Caller), null, id, scope);
                    return answer.Refusal is { } refusal
                        ? throw new RefusedException(refusal)
                        : Results.Json(ViewOf(orderNumber, await SeenAsync(http, orderNumber, scope, intake, records, sight)), ApiJson.Options);
                }))
            .Demands(Permission.SendOrders).WithName("order-step").WithTags("Orders").WithSummary("What the city does with an order: dispatch, withdraw, urge, supervise, circulate, call-back, send-back, decide-extension, close, reopen.")
            .WithDescription("A request with an id is done once, however often it is sent with the same token. A call back tells what the citizen said; what is not solved is sent back by a step of its own.")
            .Accepts<OrderStepBody>("application/json")
            .Produces<OrderView>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(415).ProducesProblem(503);
    }

    private static async Task<IResult> SendAsync(HttpContext http, OrderIntake intake, NodeScope scope)
    {
        RequestBody.DemandJson(http.Request);
        var (orders, isBatch) = await RequestBody.ReadAsync(http.Request, Read, RequestBody.LargestBatch);
        var actor = CaseActors.Of(http.GetCaller().Caller);
        if (!isBatch)
        {
            var (order, refusal) = (orders[0].Order, orders[0].Refusal);
            var outcome = order is null ? OrderOutcome.Refuse(refusal!) : await intake.TakeAsync(order, scope, actor);
            return outcome.Refusal is { } no ? throw new RefusedException(no)
                : Results.Json(Taken(order!.Number, outcome), ApiJson.Options, statusCode: outcome.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        }

        var outcomes = new OrderOutcome[orders.Length];
        await Parallel.ForEachAsync(orders.Index().GroupBy(one => one.Item.Number ?? $"{one.Index}"), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (same, _) =>
        {
            // The same number twice in a batch is one order: the first row counts.
            foreach (var (index, (_, order, refusal)) in same)
                outcomes[index] = order is null ? OrderOutcome.Refuse(refusal!) : await intake.TakeAsync(order, scope, actor);
        });
        return Results.Json(Batch(http, orders, outcomes), ApiJson.Options);
    }

    private static ((string? Number, OrderItem? Order, Refusal? Refusal)[] Orders, bool IsBatch) Read(JsonElement body)
    {
        var isBatch = body.ValueKind == JsonValueKind.Array;
        var items = isBatch ? body.EnumerateArray().ToList() : [body];
        if (items.Count > MostOrders)
            throw Members.Refuse("too-many", null, $"{MostOrders}");
        if (items.Count == 0)
            throw Members.Refuse("batch-empty");
        return ([.. items.Select(ReadOne)], isBatch);
    }

    private static (string? Number, OrderItem? Order, Refusal? Refusal) ReadOne(JsonElement item)
    {
        try
        {
            var order = OrderItem.Read(item);
            return (order.Number, order, null);
        }
        catch (RefusedException e)
        {
            return (OrderItem.NumberIn(item), null, e.Refusal);
        }
    }

    private static OrderBatch Batch(HttpContext http, (string? Number, OrderItem? Order, Refusal? Refusal)[] orders, OrderOutcome[] outcomes)
    {
        var chinese = Problem.CultureOf(http.Request).TwoLetterISOLanguageName == "zh";
        var taken = orders.Zip(outcomes).Where(one => one.Second.Refusal is null).Select(one => Taken(one.First.Number!, one.Second)).ToList();
        return new OrderBatch(taken.Count(order => order.IsNew), taken.Count(order => !order.IsNew), taken, [.. outcomes.Index().Where(one => one.Item.Refusal is not null)
            .Select(one => new RejectedOrder(one.Index, orders[one.Index].Number, JsonNode.Parse(Problem.Body(one.Item.Refusal!, chinese))!))]);
    }

    private static TakenOrder Taken(string number, OrderOutcome outcome) => new(number, outcome.Case!.Value.Value, outcome.Number!, outcome.IsNew);

    private static async Task<SeenCase> SeenAsync(HttpContext http, string order, NodeScope scope, OrderIntake intake, CaseRecords records, CaseSight sight)
    {
        var row = OrderItem.IsNumber(order) ? await intake.FindAsync(order, scope, http.RequestAborted) : null;
        return row is not null && await records.FindAsync(row.Id, http.RequestAborted) is { } record
            && await sight.SeeAsync(record, CaseActors.Of(http.GetCaller().Caller), http.RequestAborted) is { } seen
            ? seen
            : throw Members.Refuse("hotline-order-unknown", "orderNumber", order);
    }

    private static OrderView ViewOf(string number, SeenCase seen)
    {
        var state = seen.State;
        var told = seen.Record.Timeline.LastOrDefault(one => one.Happened is CaseFeedbackGiven { Outcome: not FeedbackOutcome.NotReached }).Version;
        return new OrderView(
            number, state.Id.Value, state.Intake.Number, state.Version, state.Stage.Word(), state.Returned,
            state.Returned ? seen.Record.Timeline.Select(one => one.Happened).OfType<CaseReturned>().LastOrDefault()?.Reason : null, state.Lead.Value,
            seen.Times.Deadlines.GetValueOrDefault(ClockKind.Completion) is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null,
            state.Overdue.Keys.Any(state.IsLive), state.Extension?.Limit, state.Extension?.Reason,
            told == 0 ? null : seen.Texts.FirstOrDefault(text => text.Version == told && text.What == CaseReferences.Words)?.Text,
            [.. seen.Steps.Where(step => step != "attach")]);
    }
}
