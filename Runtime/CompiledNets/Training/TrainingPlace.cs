namespace CompiledNets;

/// <summary>Where a training is.</summary>
/// <param name="Epoch">The epoch that is worked or comes next, from 0.</param>
/// <param name="Batch">Batches of it that are done.</param>
/// <param name="Position">Batches of the data that were taken since it was shuffled.</param>
/// <param name="Samples">Samples of the data that are trained on.</param>
/// <param name="BatchSize">Samples a batch.</param>
internal readonly record struct TrainingPlace(int Epoch, int Batch, int Position, int Samples, int BatchSize);
