using System.Text.Json;
using Feedback.Api.Intake;

namespace Feedback.Api.Bodies;

/// <summary>
/// Goes through a JSON object that somebody sent, member by member. Every reader of bodies is built on it: what a reader does not take
/// is refused by its name, whatever its value, so that a slip of the pen never looks as if it had been done.
/// </summary>
/// <remarks>
/// <see cref="Members"/> reads a value that must be there, <see cref="OptionalMember"/> one that may be null. Two bodies are read
/// without it: an evaluation, the one that is pushed all day, whose names are compared without making texts of them; and the envelope of a
/// CloudEvent, whose unknown members are extensions.
/// </remarks>
internal static class BodyMembers
{
    /// <summary>Gives each member, in the order in which it was sent, to whoever takes it. One that is null is given, too: a reader says what that means.</summary>
    /// <param name="body">The object.</param>
    /// <param name="take">Takes a member by its name; false for a name that is not known.</param>
    /// <param name="at">The path of the object within the body, such as <c>missing[0]</c>, which then stands before the names in refusals; null for the body itself.</param>
    /// <exception cref="RefusedException">
    /// <c>object-expected</c> for anything but an object, <c>member-unknown</c> for a name that is not taken, <c>member-twice</c> for a repeated
    /// one, <c>text-invalid</c> for one that is no text; and whatever <paramref name="take"/> refuses.
    /// </exception>
    public static void Each(JsonElement body, Func<string, JsonElement, bool> take, string? at = null)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw Members.Refuse("object-expected", at);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in body.EnumerateObject())
        {
            var name = Members.NameOf(member);
            if (!given.Add(name))
                throw Members.Refuse("member-twice", FieldOf(name, at));
            if (!take(name, member.Value))
                throw Members.Refuse("member-unknown", FieldOf(name, at));
        }
    }

    private static string FieldOf(string name, string? at) => at is null ? name : $"{at}.{name}";
}
