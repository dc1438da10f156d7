namespace CompiledNets.Generator.Passes;

/// <summary>Puts the nodes of a graph in an order in which each can be worked out.</summary>
internal static class NodeOrder
{
    /// <summary>
    /// The nodes in the order of the source, but each after those that it needs. However deep they nest, it takes no more stack.
    /// </summary>
    /// <param name="count">How many nodes there are.</param>
    /// <param name="needs">What a node needs.</param>
    /// <param name="circle">
    /// Called with the nodes of each circle, of which each needs the next and the last the first; the last need is left out of the order.
    /// </param>
    public static IReadOnlyList<int> Of(int count, Func<int, IReadOnlyList<int>> needs, Action<IReadOnlyList<int>> circle)
    {
        var order = new List<int>(count);
        bool[] isEntered = new bool[count], isDone = new bool[count];
        var path = new List<(int Node, int Next)>();
        for (int start = 0; start < count; start++)
        {
            if (!isEntered[start]) Enter(start);
            while (path.Count > 0)
            {
                (int node, int next) = path[path.Count - 1];
                IReadOnlyList<int> own = needs(node);
                if (next == own.Count)
                {
                    path.RemoveAt(path.Count - 1);
                    isDone[node] = true;
                    order.Add(node);
                    continue;
                }

                path[path.Count - 1] = (node, next + 1);
                int needed = own[next];
                if (!isEntered[needed]) Enter(needed);
                else if (!isDone[needed]) circle([.. path.Select(step => step.Node).SkipWhile(step => step != needed)]);
            }
        }

        return order;

        void Enter(int node)
        {
            isEntered[node] = true;
            path.Add((node, 0));
        }
    }
}
