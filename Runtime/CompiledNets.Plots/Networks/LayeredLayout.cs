namespace CompiledNets.Plots;

/// <summary>
/// Places the boxes of a graph in ranks, each after those that it takes, and routes what connects them: the longest path stands straight,
/// and connections over several ranks run as lanes beside it (after Sugiyama, Tagawa and Toda 1981). Along the ranks lies the main axis,
/// across them the cross axis; the caller says which of them is down.
/// </summary>
internal sealed class LayeredLayout
{
    private const float Gap = 26, LaneWidth = 18, LaneGap = 14, Channel = 34, TrackStep = 11, PortStep = 22;
    private const int OrderSweeps = 12, PlaceSweeps = 10;

    private readonly List<Vertex> vertices = [];
    private readonly List<List<Vertex>> ranks = [];
    private readonly (int From, int To)[] edges;
    private readonly Vertex[][] chains;

    /// <summary>Lays out boxes.</summary>
    /// <param name="boxes">Size of each box across the ranks and along them.</param>
    /// <param name="edges">What connects them, without circles.</param>
    public LayeredLayout(IReadOnlyList<(float Cross, float Main)> boxes, IReadOnlyList<(int From, int To)> edges)
    {
        this.edges = [.. edges];
        foreach ((float cross, float main) in boxes) vertices.Add(new(cross, main, isBox: true));
        SetRanks();
        chains = [.. edges.Select(Chain)];
        foreach (Vertex[] chain in chains)
            for (int i = 1; i < chain.Length; i++) Connect(chain[i - 1], chain[i]);
        MarkMainPath();
        Order();
        Place();
        Straighten();
        Routes = Route();
        Shift();
    }

    /// <summary>By box, its middle across the ranks and its beginning along them.</summary>
    public IReadOnlyList<(float Cross, float Main)> Places =>
        [.. vertices.Where(vertex => vertex.IsBox).Select(vertex => (vertex.Cross, vertex.Main))];

    /// <summary>By connection, the corners of its line.</summary>
    public IReadOnlyList<(float Cross, float Main)[]> Routes { get; }

    /// <summary>The size of all.</summary>
    public (float Cross, float Main) Size { get; private set; }

    private sealed class Vertex(float crossSize, float mainSize, bool isBox)
    {
        public float CrossSize { get; } = crossSize;

        public float MainSize { get; } = mainSize;

        public bool IsBox { get; } = isBox;

        public int Rank { get; set; }

        public int Order { get; set; }

        public bool IsOnMainPath { get; set; }

        public float Cross { get; set; }

        public float Main { get; set; }

        public List<Vertex> Before { get; } = [];

        public List<Vertex> After { get; } = [];

        // The main path stays where it is, lanes are straight before boxes are centred.
        public int Priority => IsOnMainPath ? int.MaxValue : IsBox ? Before.Count + After.Count : 1000;
    }

    private static void Connect(Vertex from, Vertex to)
    {
        from.After.Add(to);
        to.Before.Add(from);
    }

    // As late as the longest way to it; what takes nothing stands directly before what takes it.
    private void SetRanks()
    {
        int count = vertices.Count;
        for (bool isMoved = true; isMoved;)
        {
            isMoved = false;
            foreach ((int from, int to) in edges)
            {
                if (vertices[to].Rank > vertices[from].Rank) continue;
                vertices[to].Rank = vertices[from].Rank + 1;
                isMoved = true;
            }
        }

        for (int i = 0; i < count; i++)
        {
            int[] takers = [.. edges.Where(edge => edge.From == i).Select(edge => vertices[edge.To].Rank)];
            if (takers.Length > 0 && !edges.Any(edge => edge.To == i)) vertices[i].Rank = takers.Min() - 1;
        }

        for (int rank = 0; rank <= vertices.Max(vertex => vertex.Rank); rank++) ranks.Add([]);
        foreach (Vertex vertex in vertices) Add(vertex);
    }

    private void Add(Vertex vertex)
    {
        vertex.Order = ranks[vertex.Rank].Count;
        ranks[vertex.Rank].Add(vertex);
    }

    // A connection as vertices of adjacent ranks: the boxes, and places of the lane between them.
    private Vertex[] Chain((int From, int To) edge)
    {
        Vertex from = vertices[edge.From], to = vertices[edge.To];
        var chain = new List<Vertex> { from };
        for (int rank = from.Rank + 1; rank < to.Rank; rank++)
        {
            var lane = new Vertex(LaneWidth, 0, isBox: false) { Rank = rank };
            vertices.Add(lane);
            Add(lane);
            chain.Add(lane);
        }

        chain.Add(to);
        return [.. chain];
    }

    // The path with the most boxes; of several the one that comes first.
    private void MarkMainPath()
    {
        var lengths = new Dictionary<Vertex, (int Length, Vertex? Next)>();
        foreach (Vertex vertex in ranks.AsEnumerable().Reverse().SelectMany(rank => rank))
        {
            (int Length, Vertex? Next) best = (0, null);
            foreach (Vertex next in vertex.After)
                if (lengths[next].Length > best.Length) best = (lengths[next].Length, next);
            lengths[vertex] = (best.Length + (vertex.IsBox ? 1 : 0), best.Next);
        }

        Vertex? at = vertices.Where(vertex => vertex.IsBox && vertex.Before.Count == 0).MaxBy(vertex => lengths[vertex].Length);
        for (; at is not null; at = lengths[at].Next) at.IsOnMainPath = true;
    }

    // Each rank by the middle of what its vertices are connected to, up and down; the order with the fewest crossings stays.
    private void Order()
    {
        int fewest = Crossings();
        int[] best = [.. vertices.Select(vertex => vertex.Order)];
        for (int sweep = 0; sweep < OrderSweeps && fewest > 0; sweep++)
        {
            bool isDown = sweep % 2 == 0;
            foreach (List<Vertex> rank in isDown ? ranks : ranks.AsEnumerable().Reverse())
            {
                Vertex[] sorted = [.. rank.OrderBy(vertex => Middle(isDown ? vertex.Before : vertex.After, vertex.Order))];
                for (int i = 0; i < sorted.Length; i++) sorted[i].Order = i;
            }

            int crossings = Crossings();
            if (crossings >= fewest) continue;
            fewest = crossings;
            best = [.. vertices.Select(vertex => vertex.Order)];
        }

        for (int i = 0; i < best.Length; i++) vertices[i].Order = best[i];
        foreach (List<Vertex> rank in ranks) rank.Sort((a, b) => a.Order.CompareTo(b.Order));
    }

    private static double Middle(List<Vertex> connected, int otherwise) =>
        connected.Count == 0 ? otherwise : connected.Average(vertex => vertex.Order);

    private int Crossings()
    {
        int crossings = 0;
        foreach (List<Vertex> rank in ranks)
        {
            (int From, int To)[] pairs = [.. rank.SelectMany(vertex => vertex.After, (vertex, next) => (vertex.Order, next.Order))];
            for (int a = 0; a < pairs.Length; a++)
                for (int b = a + 1; b < pairs.Length; b++)
                    if ((pairs[a].From - pairs[b].From) * (pairs[a].To - pairs[b].To) < 0) crossings++;
        }

        return crossings;
    }

    private static float Distance(Vertex left, Vertex right) =>
        ((left.CrossSize + right.CrossSize) / 2) + (left.IsBox && right.IsBox ? Gap : LaneGap);

    private void Place()
    {
        foreach (List<Vertex> rank in ranks)
        {
            for (int i = 1; i < rank.Count; i++) rank[i].Cross = rank[i - 1].Cross + Distance(rank[i - 1], rank[i]);
            float middle = rank.Find(vertex => vertex.IsOnMainPath)?.Cross ?? ((rank[0].Cross + rank[^1].Cross) / 2);
            foreach (Vertex vertex in rank) vertex.Cross -= middle;
        }

        for (int sweep = 0; sweep < PlaceSweeps; sweep++)
        {
            foreach (List<Vertex> rank in sweep % 2 == 0 ? ranks : ranks.AsEnumerable().Reverse())
            {
                foreach (Vertex vertex in rank.OrderByDescending(vertex => vertex.Priority))
                {
                    // At last what continues one box stands directly after it.
                    bool continues = vertex.Before is [{ After.Count: 1 }];
                    List<Vertex> toward = sweep == PlaceSweeps - 1 && !continues ? [.. vertex.Before, .. vertex.After]
                        : sweep % 2 == 0 || sweep == PlaceSweeps - 1 ? vertex.Before : vertex.After;
                    if (toward.Count > 0 && !vertex.IsOnMainPath) Move(rank, vertex, toward.Average(other => other.Cross));
                }
            }
        }
    }

    // Lanes run straight beside what stands between them and the main path, which is at 0; what is further out makes room.
    private void Straighten()
    {
        foreach (Vertex[] lane in chains.Select(chain => chain[1..^1]).Where(lane => lane.Length > 0)
            .OrderBy(lane => lane.Average(vertex => MathF.Abs(vertex.Cross))))
        {
            int side = lane.Average(vertex => vertex.Cross) >= 0 ? 1 : -1;
            float[] inner =
            [
                .. lane.Select(vertex => (Rank: ranks[vertex.Rank], At: vertex.Order - side, Vertex: vertex))
                    .Where(next => next.At >= 0 && next.At < next.Rank.Count)
                    .Select(next => next.Rank[next.At].Cross + (side * Distance(next.Rank[next.At], next.Vertex))),
            ];
            float wanted = inner.Length == 0 ? lane[0].Cross : side > 0 ? inner.Max() : inner.Min();
            foreach (Vertex vertex in lane)
            {
                vertex.Cross = wanted;
                List<Vertex> rank = ranks[vertex.Rank];
                for (int i = vertex.Order + side; i >= 0 && i < rank.Count; i += side)
                {
                    float least = rank[i - side].Cross + (side * Distance(rank[i - side], rank[i]));
                    if ((rank[i].Cross - least) * side < 0) rank[i].Cross = least;
                }
            }
        }
    }

    // As far as the way is free, or in the way of what matters less, which is pushed.
    private static void Move(List<Vertex> rank, Vertex vertex, float wanted)
    {
        int at = vertex.Order, step = wanted > vertex.Cross ? 1 : -1;
        float room = 0, most = wanted;
        for (int i = at + step; i >= 0 && i < rank.Count; i += step)
        {
            room += Distance(rank[i - step], rank[i]);
            if (rank[i].Priority < vertex.Priority) continue;
            float limit = rank[i].Cross - (step * room);
            most = step > 0 ? Math.Min(wanted, limit) : Math.Max(wanted, limit);
            break;
        }

        if ((most - vertex.Cross) * step <= 0) return;
        vertex.Cross = most;
        for (int i = at + step; i >= 0 && i < rank.Count; i += step)
        {
            float least = rank[i - step].Cross + (step * Distance(rank[i - step], rank[i]));
            if ((rank[i].Cross - least) * step >= 0) break;
            rank[i].Cross = least;
        }
    }

    private (float Cross, float Main)[][] Route()
    {
        float[][] corners = [.. chains.Select(chain => new float[chain.Length])];
        for (int i = 0; i < chains.Length; i++)
        {
            for (int k = 0; k < chains[i].Length; k++) corners[i][k] = chains[i][k].Cross;
            corners[i][^1] = Port(i);
        }

        int[][] tracks = [.. chains.Select(chain => new int[chain.Length - 1])];
        float[] starts = new float[ranks.Count], ends = new float[ranks.Count];
        float main = 0;
        for (int rank = 0; rank < ranks.Count; rank++)
        {
            float size = ranks[rank].Max(vertex => vertex.MainSize);
            (starts[rank], ends[rank]) = (main, main + size);
            foreach (Vertex vertex in ranks[rank]) vertex.Main = main + ((size - vertex.MainSize) / 2);
            int used = Tracks(rank, corners, tracks);
            main += size + Channel + (Math.Max(0, used - 1) * TrackStep);
        }

        return [.. Enumerable.Range(0, chains.Length).Select(Line)];

        (float, float)[] Line(int edge)
        {
            Vertex[] chain = chains[edge];
            var line = new List<(float, float)> { (corners[edge][0], chain[0].Main + chain[0].MainSize) };
            for (int k = 0; k + 1 < chain.Length; k++)
            {
                if (MathF.Abs(corners[edge][k] - corners[edge][k + 1]) < 0.5f) continue;
                float track = ends[chain[k].Rank] + (Channel * 0.42f) + (tracks[edge][k] * TrackStep);
                line.Add((corners[edge][k], track));
                line.Add((corners[edge][k + 1], track));
            }

            line.Add((corners[edge][^1], chain[^1].Main));
            return [.. line];
        }
    }

    // Where a connection ends at its box: beside each other, by where they come from, and the one that comes straight in the middle.
    private float Port(int edge)
    {
        Vertex box = chains[edge][^1];
        int[] ending = [.. Enumerable.Range(0, chains.Length).Where(i => chains[i][^1] == box).OrderBy(i => chains[i][^2].Cross)];
        int at = Array.IndexOf(ending, edge), straight = Array.FindIndex(ending, i => MathF.Abs(chains[i][^2].Cross - box.Cross) < 0.5f);
        float middle = straight >= 0 ? straight : (ending.Length - 1) / 2f, most = Math.Max(middle, ending.Length - 1 - middle);
        float step = most == 0 ? 0 : Math.Min(PortStep, box.CrossSize * 0.36f / most);
        return box.Cross + ((at - middle) * step);
    }

    // Lines across the room after a rank, those of one box on one track, none over another.
    private int Tracks(int rank, float[][] corners, int[][] tracks)
    {
        var groups = new Dictionary<Vertex, List<(int Edge, int Part)>>();
        for (int i = 0; i < chains.Length; i++)
        {
            int part = rank - chains[i][0].Rank;
            if (part < 0 || part + 1 >= chains[i].Length || MathF.Abs(corners[i][part] - corners[i][part + 1]) < 0.5f) continue;
            if (!groups.TryGetValue(chains[i][part], out List<(int, int)>? group)) groups.Add(chains[i][part], group = []);
            group.Add((i, part));
        }

        var taken = new List<List<(float Low, float High)>>();
        // What goes furthest comes last, so that lines do not cross those that start beside them.
        foreach ((Vertex start, List<(int Edge, int Part)> group) in groups.OrderBy(pair => IsForward(pair) ? 0 : 1)
            .ThenBy(pair => IsForward(pair) ? -pair.Key.Cross : pair.Key.Cross))
        {
            float[] places = [start.Cross, .. group.Select(line => corners[line.Edge][line.Part + 1])];
            (float low, float high) = (places.Min() - 4, places.Max() + 4);
            int track = taken.FindLastIndex(lines => lines.Exists(line => line.Low < high && line.High > low)) + 1;
            if (track == taken.Count) taken.Add([]);
            taken[track].Add((low, high));
            foreach ((int edge, int part) in group) tracks[edge][part] = track;
        }

        return taken.Count;

        bool IsForward(KeyValuePair<Vertex, List<(int Edge, int Part)>> pair) =>
            pair.Value.Average(line => corners[line.Edge][line.Part + 1]) > pair.Key.Cross;
    }

    private void Shift()
    {
        float low = vertices.Min(vertex => vertex.Cross - (vertex.CrossSize / 2)),
            high = vertices.Max(vertex => vertex.Cross + (vertex.CrossSize / 2));
        foreach (Vertex vertex in vertices) vertex.Cross -= low;
        foreach ((float Cross, float Main)[] route in Routes)
            for (int i = 0; i < route.Length; i++) route[i].Cross -= low;
        Size = (high - low, vertices.Max(vertex => vertex.Main + vertex.MainSize));
    }
}
