using System.CommandLine;
using System.Text.Json;
using Feedback.Api;
using Feedback.Api.Cases;
using Feedback.Domain.Cases;
using Feedback.Domain.Personal;
using Feedback.Grains.Audit;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <content>The citizen of a case.</content>
internal static partial class PersonalCommand
{
    private static async Task EraseCaseAsync(IServiceProvider services, string named, string why, CancellationToken cancellation)
    {
        var id = await CaseOfAsync(services.GetRequiredService<ICaseStore>(), named, cancellation) ?? throw new UsageException($"There is no case '{named}'.");
        await services.GetRequiredService<IAudit>().RecordAsync(new AuditEntry(Acts.SubjectErased, Acts.Verb) { Target = id.Value, Reason = why });
        var grain = services.GetRequiredService<IGrainFactory>().GetGrain<ICaseGrain>(id.Value);
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await grain.Erase(ErasureCause.Asked, why);
            if (outcome.Refusal is null)
            {
                Console.WriteLine($"{id}\t{(outcome.Version > 0 ? "erased" : "nothing was kept any more")}");
                return;
            }

            if (attempt == MostAttempts || !outcome.Refusal.Retryable)
                throw new UsageException($"What the case {id} keeps cannot be erased now: {outcome.Refusal.Code}.");
        }
    }

    private static async Task ExportCaseAsync(IServiceProvider services, string named, CancellationToken cancellation)
    {
        var id = await CaseOfAsync(services.GetRequiredService<ICaseStore>(), named, cancellation) ?? throw new UsageException($"There is no case '{named}'.");
        await services.GetRequiredService<IAudit>().RecordAsync(new AuditEntry(Acts.SubjectExported, Acts.Verb) { Target = id.Value });
        var exported = await ExportedCase.OfAsync(id, services.GetRequiredService<CaseRecords>(), services.GetRequiredService<IJournal>(), cancellation);
        Console.WriteLine(JsonSerializer.Serialize(exported, ApiJson.Options));
    }

    private static async Task<CaseId?> CaseOfAsync(ICaseStore cases, string named, CancellationToken cancellation) =>
        CaseId.IsId(named) ? (await cases.FindAsync(new CaseId(named), cancellation))?.Id
        : CaseNumber.Read(named) is { } number ? (await cases.FindAsync(number, cancellation))?.Id
        : null;

    private static Option<string?> Case() => new("--case") { Description = "The case's number or id: everything that its citizen said and was told.", HelpName = "CASE" };
}
