using System.Text.Json;
using Feedback.Api.Access;
using Feedback.Api.Bodies;
using Feedback.Api.Intake;
using Feedback.Api.Problems;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Grains.Organisation;
using Feedback.Grains.Windows;

namespace Feedback.Api.Staff;

/// <summary>Staff sign in and out at windows, proved by the terminal's key; from then on the server attributes evaluations to them.</summary>
internal sealed class WindowStaffEndpoint(AccessCheck access, IBureau bureau, IGrainFactory grains)
{
    private const int LongestCode = 64;

    public async Task HandleAsync(HttpContext http, string window)
    {
        try
        {
            var (staff, at) = await RequestBody.ReadAsync(http.Request, Read);
            var id = await FindAsync(window, http.GetCaller().ScopeHere);
            var outcome = await SetAsync(id, staff, at);
            if (outcome.Refusal is not null)
                throw new RefusedException(outcome.Refusal);
            await http.Response.WriteAsJsonAsync(new WindowStaff(id.Value, staff, outcome.Version > 0), ApiJson.Options, http.RequestAborted);
        }
        catch (RefusedException e)
        {
            await Problem.WriteAsync(http, e.Refusal);
        }
    }

    private async Task<NodeId> FindAsync(string window, NodeScope scope)
    {
        // A slash within one step of an address arrives as it was sent.
        var idOrPath = window.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (access.FindWindow(idOrPath, scope) is { } known)
            return known;
        // The window may have been opened on another silo a moment ago: look once more before refusing it.
        await bureau.RefreshAsync();
        return access.FindWindow(idOrPath, scope) ?? throw Members.Refuse("window-unknown", "window", idOrPath);
    }

    private async Task<Outcome> SetAsync(NodeId window, string? staff, Moment at)
    {
        try
        {
            return await grains.GetGrain<IWindowGrain>(window.Value).SetStaff(staff, at.UtcMilliseconds);
        }
        catch (Exception)
        {
            // The window could not be reached or activated. Nobody knows what became of it, so it may be sent again.
            return new Outcome(0, new Refusal("outcome-unknown", Retryable: true));
        }
    }

    private static (string? Staff, Moment At) Read(JsonElement body)
    {
        string? staff = null;
        var isStaffGiven = false;
        Moment? at = null;
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "staff": (staff, isStaffGiven) = (OptionalMember.Text(value, name, LongestCode), true); break;
                case "occurredAt": at = Members.Time(value, name); break;
                default: return false;
            }

            return true;
        });
        // Left out is not the same as null: a slip of the pen must sign nobody out.
        if (!isStaffGiven)
            throw Members.Missing("staff");
        return (staff, at is { DateOnly: false } time ? time : throw Members.Refuse(at is null ? "member-missing" : "time-invalid", "occurredAt"));
    }
}
