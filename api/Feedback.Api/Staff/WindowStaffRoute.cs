using Feedback.Api.Access;
using Feedback.Domain.Access;

namespace Feedback.Api.Staff;

/// <summary>The endpoint at which staff sign in at windows.</summary>
internal static class WindowStaffRoute
{
    public static void MapWindowStaff(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/windows/{window}/staff", (HttpContext http, string window, WindowStaffEndpoint endpoint) => endpoint.HandleAsync(http, window))
            .Demands(Permission.SignStaffIn).WithName("sign-in").WithTags("Push").WithSummary("Signs a member of staff in at a window, or whoever is there out.")
            .WithDescription("window is the id, or the path with %2F for each slash. From then on the server attributes what is pushed for the window to who was "
                + "signed in at its occurredAt; the staff member that a push names is only a claim. Where nobody was, it goes to who signed out at most five minutes "
                + "before, else to who signed in at most five minutes after, else to nobody, and is counted under the flag not-attributed. Attribution is decided "
                + "once, when an evaluation is stored: send sign-ins before the evaluations that follow them. A retry is unchanged and changes nothing.")
            .Accepts<WindowStaffBody>("application/json")
            .Produces<WindowStaff>(200)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(404).ProducesProblem(413).ProducesProblem(503);
}

/// <summary>Who takes a window over, and when.</summary>
/// <param name="Staff">The staff code; null to sign whoever is there out. Must be given.</param>
/// <param name="OccurredAt">When: RFC 3339 with an offset, at most 90 days ago.</param>
public sealed record WindowStaffBody(string? Staff, DateTimeOffset OccurredAt);

/// <summary>Who is signed in at a window from the time that was sent.</summary>
/// <param name="Window">The window's immutable id.</param>
/// <param name="Staff">The staff code; null when nobody is.</param>
/// <param name="Changed">False for a retry, and where nobody was there to leave.</param>
public sealed record WindowStaff(string Window, string? Staff, bool Changed);
