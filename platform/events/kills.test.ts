import { killsSample } from './testing/kills/kills-sample';

killsSample('postgres');
