using System.Globalization;
using Feedback.Domain.Cases;
using Feedback.Grains.Cases;
using Feedback.Grains.Due;

namespace Feedback.Grains.Notices;

/// <summary>Sends one message to one hook.</summary>
internal sealed class HookHandler(NoticeSettings settings, CaseRecords records, IHookCarrier carrier, INoticeLinks links, Delivery delivery, TimeProvider clock) : IDueHandler
{
    private const string Way = "hook";

    public string Command => NoticeWork.Hook;

    public async Task<DueOutcome> PerformAsync(DueCommand command)
    {
        var (name, id, version, since) = command.Read(text => (text.Text("hook"), text.Case("case"), text.Number("version"), text.Number("since")));
        if (settings.Hooks.FirstOrDefault(one => one.Name == name) is not { } hook || await MessageAsync(id, version) is not { } message)
            return delivery.Drop(Way);
        return await delivery.TryAsync(
            command, Way, $"The hook {hook.Name}", DeliveryPause.OfHooks, since,
            cancellation => carrier.SendAsync(hook, message, clock.GetUtcNow().ToUnixTimeSeconds(), cancellation));
    }

    private async Task<HookMessage?> MessageAsync(CaseId id, long version)
    {
        if (await records.FindAsync(id) is not { } found)
            return null;
        var state = new CaseState(id);
        foreach (var (at, happened) in found.Timeline.TakeWhile(one => one.Version <= version))
        {
            var before = state;
            state = state.Apply(happened);
            if (at == version && happened is CaseEvent told && CaseNews.WordOf(before, happened) is { } word)
            {
                var identity = string.Create(CultureInfo.InvariantCulture, $"{id}:{version}");
                return new HookMessage(identity, CaseCloudEvent.Write(identity, links.Source, word, told, state));
            }
        }

        return null;
    }
}
