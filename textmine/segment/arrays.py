"""The arrays that texts and tokens are kept in."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Shorts = NDArray[np.int16]
Longs = NDArray[np.int64]
Codes = NDArray[np.uint32]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
