using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace PolicyFlows.Durable.Tests.Semantics;

/// <summary>No member of the contract without a test that states its meaning.</summary>
public sealed class ContractCoverageTests
{
    /// <summary>Where programs meet the engine; whatever these mention belongs to the contract too.</summary>
    private static readonly Type[] Doors = [typeof(TaskOrchestrationContext), typeof(DurableTaskClient), typeof(TaskOrchestrator<,>), typeof(TaskActivity<,>), typeof(DurableTaskRegistry), typeof(Json)];

    /// <summary>Exceptions of the own engine alone: no program may catch them.</summary>
    private static readonly Type[] OwnFaults = [typeof(ReplayMismatchException), typeof(PayloadTooLargeException)];

    private static readonly IReadOnlyList<MethodInfo> Tests = [.. typeof(ContractSemantics).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)];

    [Fact]
    public void Every_member_of_the_contract_is_stated_by_a_test()
    {
        var stated = Tests.SelectMany(t => t.GetCustomAttributes<StatesAttribute>()).SelectMany(s => s.Members.Select(m => $"{s.Type.Name}.{m}")).ToLookup(m => m, StringComparer.Ordinal);
        var members = Contract().SelectMany(type => MembersOf(type).Select(m => $"{type.Name}.{m}")).ToList();
        Assert.True(members.Count > 50, "The contract was not found.");
        var missing = members.GroupBy(m => m, StringComparer.Ordinal).Where(m => stated[m.Key].Count() < m.Count()).Select(m => m.Key);
        Assert.Empty(missing);
        Assert.Empty(stated.Select(s => s.Key).Except(members, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_test_states_a_member() => Assert.All(Tests, test => Assert.NotEmpty(test.GetCustomAttributes<StatesAttribute>()));

    private static HashSet<Type> Contract()
    {
        var assembly = typeof(TaskOrchestrationContext).Assembly;
        var found = new HashSet<Type>();
        var open = new Queue<Type>([.. Doors, .. assembly.GetExportedTypes().Where(t => t.IsAssignableTo(typeof(Exception)) && !OwnFaults.Contains(t))]);
        while (open.TryDequeue(out var next))
        {
            if (next.HasElementType) open.Enqueue(next.GetElementType()!);
            foreach (var argument in next.GetGenericArguments().Where(a => !a.IsGenericParameter)) open.Enqueue(argument);
            var type = next.IsGenericType ? next.GetGenericTypeDefinition() : next;
            if (type.Assembly != assembly || !found.Add(type)) continue;
            foreach (var member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            {
                var mentioned = member switch
                {
                    MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(p => p.ParameterType)],
                    PropertyInfo property => [property.PropertyType],
                    ConstructorInfo constructor => [.. constructor.GetParameters().Select(p => p.ParameterType)],
                    _ => Array.Empty<Type>(),
                };
                foreach (var one in mentioned) open.Enqueue(one);
            }
        }

        return found;
    }

    private static IEnumerable<string> MembersOf(Type type)
    {
        if (type.IsEnum) return Enum.GetNames(type);
        if (type.IsAssignableTo(typeof(Exception)) && type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Length == 0) return [nameof(Exception.Message)];
        return type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => m is PropertyInfo || (m is MethodInfo method && !method.IsSpecialName && !IsOfEveryRecord(method)))
            .Select(m => m.Name);
    }

    private static bool IsOfEveryRecord(MethodInfo method) =>
        method.GetCustomAttribute<CompilerGeneratedAttribute>() is not null || method.Name is nameof(Equals) or nameof(GetHashCode) or nameof(ToString) or "Deconstruct";
}
