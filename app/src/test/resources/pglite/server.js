// PostgreSQL with pgvector in this process, for tests: tells its port, and ends with whoever started it.
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'

const server = new PGLiteSocketServer({
  db: await PGlite.create({ extensions: { vector } }),
  host: '127.0.0.1',
  port: 0,
  maxConnections: 20,
})
server.addEventListener('listening', (event) => console.log('port ' + event.detail.port))
await server.start()
process.stdin.on('end', () => process.exit(0)).resume()
